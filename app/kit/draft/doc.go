// Package draft keeps what was written in a form and not saved, so that it outlives a crash, and offers it again.
// What is secret (a password) is never kept.
package draft
