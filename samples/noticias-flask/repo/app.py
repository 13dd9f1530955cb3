import os
from datetime import datetime

from flask import Flask, jsonify, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import joinedload, selectinload

pasta = os.path.abspath(os.path.dirname(__file__))

app = Flask(__name__)
app.config['SQLALCHEMY_DATABASE_URI'] = os.environ.get('DATABASE_URL', 'sqlite:///' + os.path.join(pasta, 'noticias.db'))
app.config['SQLALCHEMY_ECHO'] = False
db = SQLAlchemy(app)
migrate = Migrate(app, db)


# ---------------- MODELOS ----------------

marcadores_postagens = db.Table(
    'marcadores_postagens',
    db.Column('postagem_id', db.Integer, db.ForeignKey('postagens.id', ondelete='CASCADE'), primary_key=True),
    db.Column('marcador_id', db.Integer, db.ForeignKey('marcadores.id', ondelete='CASCADE'), primary_key=True),
)


class Usuario(db.Model):
    __tablename__ = 'usuarios'
    id = db.Column(db.Integer, primary_key=True)
    login = db.Column(db.String(40), unique=True, nullable=False)
    email = db.Column(db.String(120), unique=True, nullable=False)
    senha_hash = db.Column(db.String(200))
    criado_em = db.Column(db.DateTime, default=datetime.utcnow, nullable=False)

    def __repr__(self):
        return '<Usuario %s>' % self.login


class Postagem(db.Model):
    __tablename__ = 'postagens'
    id = db.Column(db.Integer, primary_key=True)
    titulo = db.Column(db.String(150), nullable=False)
    texto = db.Column(db.Text, nullable=False)
    criado_em = db.Column(db.DateTime, default=datetime.utcnow, nullable=False)
    usuario_id = db.Column(db.Integer, db.ForeignKey('usuarios.id'), nullable=False, index=True)

    autor = db.relationship('Usuario', backref=db.backref('postagens', cascade='all, delete-orphan'))
    marcadores = db.relationship('Marcador', secondary=marcadores_postagens, backref='postagens')

    def __repr__(self):
        return '<Postagem %s>' % self.titulo


class Comentario(db.Model):
    __tablename__ = 'comentarios'
    id = db.Column(db.Integer, primary_key=True)
    texto = db.Column(db.Text, nullable=False)
    criado_em = db.Column(db.DateTime, default=datetime.utcnow, nullable=False)
    postagem_id = db.Column(db.Integer, db.ForeignKey('postagens.id'), nullable=False, index=True)
    usuario_id = db.Column(db.Integer, db.ForeignKey('usuarios.id'), nullable=False)

    postagem = db.relationship('Postagem', backref=db.backref('comentarios', cascade='all, delete-orphan'))
    autor = db.relationship('Usuario', backref=db.backref('comentarios', cascade='all, delete-orphan'))


class Marcador(db.Model):
    __tablename__ = 'marcadores'
    id = db.Column(db.Integer, primary_key=True)
    nome = db.Column(db.String(30), unique=True, nullable=False)


# ---------------- ROTAS ----------------

@app.route('/usuarios/<int:usuario_id>/postagens')
def postagens_do_usuario(usuario_id):
    # joinedload pra trazer tudo numa consulta so
    postagens = (
        Postagem.query
        .filter_by(usuario_id=usuario_id)
        .options(joinedload(Postagem.comentarios).joinedload(Comentario.autor))
        .order_by(Postagem.criado_em.desc())
        .all()
    )
    return jsonify([
        {
            'id': p.id,
            'titulo': p.titulo,
            'texto': p.texto,
            'comentarios': [{'id': c.id, 'texto': c.texto, 'autor': c.autor.login} for c in p.comentarios],
        }
        for p in postagens
    ])


@app.route('/postagens')
def ultimas_postagens():
    # autor, comentarios e marcadores ja vem carregados (3 selects sempre)
    quantas = request.args.get('quantas', 20, type=int)
    postagens = (
        Postagem.query
        .options(
            joinedload(Postagem.autor),
            selectinload(Postagem.comentarios),
            selectinload(Postagem.marcadores),
        )
        .order_by(Postagem.criado_em.desc())
        .limit(quantas)
        .all()
    )
    resultado = []
    for p in postagens:
        item = {}
        item['titulo'] = p.titulo
        item['autor'] = p.autor.login
        item['comentarios'] = [c.texto for c in p.comentarios]
        item['total_comentarios'] = len(p.comentarios)
        item['marcadores'] = [m.nome for m in p.marcadores]
        resultado.append(item)
    return jsonify(resultado)


# ---------------- COMANDOS ----------------

@app.cli.command('popular')
def popular():
    u1 = Usuario(login='bia', email='bia@exemplo.com')
    u2 = Usuario(login='caio', email='caio@exemplo.com')
    m = Marcador(nome='flask')
    p = Postagem(titulo='Oi', texto='primeira postagem', autor=u1, marcadores=[m])
    db.session.add_all([p, Comentario(texto='legal!', postagem=p, autor=u2)])
    db.session.commit()
    print('ok')


if __name__ == '__main__':
    app.run(debug=True)
