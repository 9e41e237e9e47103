// Package intake holds the pages for bringing works in: the list of works, the import, the check of which file
// belongs to which work, the view of a work's files and the pairs that look like one work.
package intake
