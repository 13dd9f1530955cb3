from datetime import datetime
from app import db

post_etiqueta = db.Table('post_etiqueta',
    db.Column('post_id', db.Integer, db.ForeignKey('post.id')),
    db.Column('etiqueta_id', db.Integer, db.ForeignKey('etiqueta.id'))
)

class Usuario(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    nombre = db.Column(db.String(80))
    email = db.Column(db.String(120), unique=True)
    password = db.Column(db.String(120))
    posts = db.relationship('Post', backref='autor', lazy='dynamic')

    def __repr__(self):
        return '<Usuario %r>' % self.nombre

class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    titulo = db.Column(db.String(140), nullable=False)
    contenido = db.Column(db.Text)
    fecha = db.Column(db.DateTime, default=datetime.utcnow)
    usuario_id = db.Column(db.Integer, db.ForeignKey('usuario.id'))
    comentarios = db.relationship('Comentario', backref='post', lazy='dynamic')
    etiquetas = db.relationship('Etiqueta', secondary=post_etiqueta, backref='posts')

    def __repr__(self):
        return '<Post %r (%d comentarios)>' % (self.titulo, self.comentarios.count())

    def to_dict(self):
        return {
            'id': self.id,
            'titulo': self.titulo,
            'contenido': self.contenido,
            'autor': self.autor.nombre if self.autor else None,
            'comentarios': [c.to_dict() for c in self.comentarios],
            'etiquetas': [e.nombre for e in self.etiquetas],
        }

class Comentario(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    autor = db.Column(db.String(80))   # nombre del que comenta
    texto = db.Column(db.Text)
    post_id = db.Column(db.Integer, db.ForeignKey('post.id'))

    def to_dict(self):
        return {'autor': self.autor, 'texto': self.texto}

class Etiqueta(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    nombre = db.Column(db.String(30))

    def __repr__(self):
        return '<Etiqueta %r>' % self.nombre
