CREATE TABLE member (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE, password_hash TEXT, role TEXT DEFAULT 'member');
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, category TEXT, description TEXT, photo TEXT, state TEXT);
