from datetime import datetime

from werkzeug.security import check_password_hash, generate_password_hash

from .extensoes import db

artigo_etiquetas = db.Table(
    "artigo_etiquetas",
    db.Column("artigo_id", db.Integer, db.ForeignKey("artigos.id"), primary_key=True),
    db.Column("etiqueta_id", db.Integer, db.ForeignKey("etiquetas.id"), primary_key=True),
)


class Usuario(db.Model):
    """Pessoa que escreve artigos e respostas."""

    __tablename__ = "usuarios"

    id = db.Column(db.Integer, primary_key=True)
    nome = db.Column(db.String(120), nullable=False)
    email = db.Column(db.String(120), unique=True, nullable=False, index=True)
    senha_hash = db.Column(db.String(256), nullable=False)
    criado_em = db.Column(db.DateTime, default=datetime.utcnow, nullable=False)

    artigos = db.relationship("Artigo", back_populates="autor", lazy="dynamic", cascade="all, delete-orphan")
    respostas = db.relationship("Resposta", back_populates="autor")

    @property
    def senha(self):
        raise AttributeError("senha não pode ser lida")

    @senha.setter
    def senha(self, valor):
        self.senha_hash = generate_password_hash(valor)

    def verificar_senha(self, valor):
        return check_password_hash(self.senha_hash, valor)

    def __repr__(self):
        return f"<Usuario {self.email}>"


class Artigo(db.Model):
    """Artigo do blog."""

    __tablename__ = "artigos"

    id = db.Column(db.Integer, primary_key=True)
    titulo = db.Column(db.String(200), nullable=False)
    slug = db.Column(db.String(220), nullable=False, unique=True)
    conteudo = db.Column(db.Text, nullable=False)
    publicado_em = db.Column(db.DateTime, default=datetime.utcnow, nullable=False, index=True)
    usuario_id = db.Column(db.Integer, db.ForeignKey("usuarios.id"), nullable=False, index=True)

    autor = db.relationship("Usuario", back_populates="artigos")
    respostas = db.relationship(
        "Resposta", back_populates="artigo", cascade="all, delete-orphan", order_by="Resposta.criada_em"
    )
    etiquetas = db.relationship("Etiqueta", secondary=artigo_etiquetas, back_populates="artigos")

    def to_dict(self):
        return {
            "id": self.id,
            "titulo": self.titulo,
            "slug": self.slug,
            "publicado_em": self.publicado_em.isoformat(),
            "respostas": [r.to_dict() for r in self.respostas],
        }

    def __repr__(self):
        return f"<Artigo {self.slug}>"


class Resposta(db.Model):
    """Comentário de um usuário num artigo."""

    __tablename__ = "respostas"

    id = db.Column(db.Integer, primary_key=True)
    texto = db.Column(db.Text, nullable=False)
    criada_em = db.Column(db.DateTime, default=datetime.utcnow, nullable=False)
    artigo_id = db.Column(db.Integer, db.ForeignKey("artigos.id"), nullable=False, index=True)
    usuario_id = db.Column(db.Integer, db.ForeignKey("usuarios.id"), nullable=False)

    artigo = db.relationship("Artigo", back_populates="respostas")
    autor = db.relationship("Usuario", back_populates="respostas")

    def to_dict(self):
        return {"texto": self.texto, "autor": self.autor.nome, "criada_em": self.criada_em.isoformat()}


class Etiqueta(db.Model):
    __tablename__ = "etiquetas"

    id = db.Column(db.Integer, primary_key=True)
    nome = db.Column(db.String(50), unique=True, nullable=False)

    artigos = db.relationship("Artigo", secondary=artigo_etiquetas, back_populates="etiquetas")

    def __repr__(self):
        return f"<Etiqueta {self.nome}>"
