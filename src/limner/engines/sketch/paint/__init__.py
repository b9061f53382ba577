"""Paint: canvas, palette, noise, bodies, strokes, styles, lettering. Nothing here knows a prompt."""
