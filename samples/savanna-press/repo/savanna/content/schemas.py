from marshmallow import Schema, fields


class CommentSchema(Schema):
    message = fields.Str()
    author = fields.Pluck("ProfileSchema", "display_name")


class ProfileSchema(Schema):
    display_name = fields.Str()


class TagSchema(Schema):
    label = fields.Str()


class ArticleSchema(Schema):
    id = fields.Int()
    headline = fields.Str()
    comment_count = fields.Int()
    author = fields.Nested(ProfileSchema)
    tags = fields.Pluck(TagSchema, "label", many=True)
    comments = fields.Nested(CommentSchema, many=True)
