DROP TABLE post_tags, tags;
