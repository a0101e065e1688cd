DROP TABLE IF EXISTS review;
DROP TABLE IF EXISTS book;
DROP TABLE IF EXISTS user;

CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT UNIQUE NOT NULL,
  password TEXT NOT NULL
);

CREATE TABLE book (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  published INTEGER NOT NULL,
  isbn TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT ''
);

CREATE TABLE review (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  book_id INTEGER NOT NULL REFERENCES book (id),
  user_id INTEGER NOT NULL REFERENCES user (id),
  stars INTEGER NOT NULL,
  body TEXT NOT NULL,
  created TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO book (title, author, published, isbn, description) VALUES
  ('Frankenstein', 'Mary Shelley', 1818, '9780141439471', '<p>A student makes a man and runs away.</p>'),
  ('Moby-Dick', 'Herman Melville', 1851, '9780142437247', '<p>One captain, one whale.</p>'),
  ('Middlemarch', 'George Eliot', 1871, '9780141439549', '<p>A town and all its marriages.</p>'),
  ('Treasure Island', 'Robert Louis Stevenson', 1883, '9780141321004', '<p>A map, a parrot, a mutiny.</p>');
