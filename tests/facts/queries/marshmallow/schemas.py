from marshmallow import Schema, fields


class CommentSchema(Schema):
    body = fields.Str()


class PostSchema(Schema):
    title = fields.Str()
    comments = fields.Nested(CommentSchema, many=True)
    tags = fields.List(fields.Nested("TagSchema"))


class TagSchema(Schema):
    name = fields.Str()


posts_schema = PostSchema(many=True)
