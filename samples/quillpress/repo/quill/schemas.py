from marshmallow import Schema, fields


class UserSchema(Schema):
    id = fields.Int()
    username = fields.Str()


class CommentSchema(Schema):
    id = fields.Int()
    body = fields.Str()
    author = fields.Nested(UserSchema)


class PostSchema(Schema):
    id = fields.Int()
    title = fields.Str()
    body = fields.Str()
    comments = fields.List(fields.Nested(CommentSchema), attribute="visible_comments")


class TagSchema(Schema):
    id = fields.Int()
    name = fields.Str()
