"""Revista digital: usuarios, publicaciones, comentarios y etiquetas."""
