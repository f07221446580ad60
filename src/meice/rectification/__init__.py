"""整改: the problem catalogue, orders, replies, deadlines, circulars."""
