import click

from .extensoes import db
from .modelos import Artigo, Etiqueta, Resposta, Usuario


def registrar(app):
    @app.cli.command("semear")
    def semear():
        """Cria dados de exemplo."""
        ana = Usuario(nome="Ana", email="ana@exemplo.com.br", senha="segredo")
        bruno = Usuario(nome="Bruno", email="bruno@exemplo.com.br", senha="segredo")
        flask = Etiqueta(nome="flask")
        for i in range(1, 4):
            artigo = Artigo(titulo=f"Artigo {i}", slug=f"artigo-{i}", conteudo="...", autor=ana, etiquetas=[flask])
            artigo.respostas.append(Resposta(texto="Muito bom!", autor=bruno))
            db.session.add(artigo)
        db.session.commit()
        click.echo("pronto")
