CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  symbol TEXT NOT NULL UNIQUE,
  printed TEXT NOT NULL, body TEXT NOT NULL, series TEXT NOT NULL, number INTEGER NOT NULL, year INTEGER NOT NULL,
  date TEXT NOT NULL, issued TEXT NOT NULL, title TEXT NOT NULL, topic TEXT NOT NULL, meeting TEXT NOT NULL,
  press TEXT NOT NULL, vote TEXT NOT NULL, session TEXT NOT NULL, agenda TEXT NOT NULL, job TEXT NOT NULL,
  last INTEGER NOT NULL, preambular INTEGER NOT NULL, recognized INTEGER NOT NULL
) STRICT;
CREATE TABLE aliases (
  alias TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  PRIMARY KEY (alias, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, url TEXT NOT NULL, fetched TEXT NOT NULL, sha256 TEXT NOT NULL, warc TEXT NOT NULL,
  UNIQUE (name, url, sha256)
) STRICT;
CREATE TABLE facts (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  field TEXT NOT NULL, value TEXT NOT NULL, firsthand INTEGER NOT NULL, place TEXT NOT NULL, quote TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES sources
) STRICT;
CREATE INDEX facts_document ON facts (document);
CREATE TABLE paragraphs (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
  place INTEGER NOT NULL,
  n INTEGER NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, page INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX paragraphs_document ON paragraphs (document, place);
CREATE TABLE relations (
  origin TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (origin, relation, target, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_target ON relations (target);
CREATE TABLE pages (
  url TEXT PRIMARY KEY,
  fetched TEXT NOT NULL, record TEXT NOT NULL, size INTEGER NOT NULL, message BLOB NOT NULL
) STRICT;
CREATE INDEX pages_age ON pages (fetched, size);

CREATE VIRTUAL TABLE words USING fts5(text, content='paragraphs', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER paragraphs_in AFTER INSERT ON paragraphs BEGIN
  INSERT INTO words(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER paragraphs_out AFTER DELETE ON paragraphs BEGIN
  INSERT INTO words(words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE VIRTUAL TABLE titles USING fts5(title, topic, content='documents', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER documents_in AFTER INSERT ON documents BEGIN
  INSERT INTO titles(rowid, title, topic) VALUES (new.id, new.title, new.topic);
END;
CREATE TRIGGER documents_changed AFTER UPDATE ON documents BEGIN
  INSERT INTO titles(titles, rowid, title, topic) VALUES ('delete', old.id, old.title, old.topic);
  INSERT INTO titles(rowid, title, topic) VALUES (new.id, new.title, new.topic);
END;
CREATE TRIGGER documents_out AFTER DELETE ON documents BEGIN
  INSERT INTO titles(titles, rowid, title, topic) VALUES ('delete', old.id, old.title, old.topic);
END;
