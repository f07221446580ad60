"""活跃度: when an account last spoke, from sources that say where they know it from."""
