"""The MCP server: Limner's pictures as tools for chat programs and agents."""
