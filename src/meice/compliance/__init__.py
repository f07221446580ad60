"""Devices, custody of logins and the compliance file of each outlet."""
