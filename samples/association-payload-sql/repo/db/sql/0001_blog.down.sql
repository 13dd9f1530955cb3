DROP TABLE comments, posts, users CASCADE;
