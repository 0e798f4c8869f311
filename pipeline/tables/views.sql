CREATE INDEX notes_report ON notes (report);
CREATE INDEX citations_target ON citations (target);
CREATE INDEX citations_report ON citations (report);
CREATE INDEX findings_citation ON findings (citation);
CREATE INDEX refers_target ON refers (target);

-- Who cites which paragraph of which document: one row a pinpoint.
CREATE VIEW paragraph_citations AS
SELECT d.symbol, p.unit, p.first, p.last, p.sub, r.file AS report, n.label AS note, n.page, c.stands AS verdict, c.text AS citation, n.sentence,
       c.id AS citation_id, d.id AS document_id
FROM pinpoints p
JOIN citations c ON c.id = p.citation
JOIN documents d ON d.id = c.target
JOIN notes n ON n.id = c.note
JOIN reports r ON r.id = c.report
ORDER BY d.symbol, p.unit, CAST(p.first AS INTEGER), p.first, r.file, n.seq, c.id;

-- Documents and works by how many reports cite them.
CREATE VIEW most_cited AS
SELECT c.target AS id, c.kind, coalesce(d.symbol, w.title, w.container, c.target) AS name, coalesce(d.title, w.author) AS about,
       count(DISTINCT c.report) AS reports, count(*) AS citations
FROM citations c
LEFT JOIN documents d ON d.id = c.target
LEFT JOIN works w ON w.id = c.target
WHERE c.kind <> 'unresolved'
GROUP BY c.target
ORDER BY reports DESC, citations DESC, id;

-- Documents by how many citations of them are wrong. What nobody could look
-- at is not wrong, and stands in a column of its own.
CREATE VIEW most_wrong AS
SELECT d.id, d.symbol, d.title, count(*) AS citations,
       sum(c.stands IN ('contradicted', 'not_found')) AS wrong, sum(c.stands = 'questioned') AS questioned, sum(c.stands = 'unreachable') AS unreachable,
       count(DISTINCT CASE WHEN c.stands IN ('contradicted', 'not_found') THEN c.report END) AS reports_wrong
FROM citations c
JOIN documents d ON d.id = c.target
GROUP BY d.id
HAVING wrong > 0
ORDER BY wrong DESC, citations DESC, d.id;

-- Every report with how its citations stand, the most wrong first.
CREATE VIEW report_verdicts AS
SELECT r.id, r.file, r.title, count(c.id) AS citations,
       coalesce(sum(c.stands = 'contradicted'), 0) AS contradicted, coalesce(sum(c.stands = 'not_found'), 0) AS not_found,
       coalesce(sum(c.stands = 'questioned'), 0) AS questioned, coalesce(sum(c.stands = 'unreachable'), 0) AS unreachable,
       coalesce(sum(c.stands = 'unverifiable'), 0) AS unverifiable, coalesce(sum(c.stands = 'verified'), 0) AS verified,
       coalesce(sum(c.stands = 'accepted'), 0) AS accepted
FROM reports r
LEFT JOIN citations c ON c.report = r.id
GROUP BY r.id
ORDER BY contradicted + not_found DESC, questioned DESC, r.file, r.id;
