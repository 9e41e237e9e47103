package office

import (
	"fayi/judging"
	"fayi/judging/store"
)

// Reference is a work of another contest, kept to be compared with: never assigned, never ranked.
type Reference struct {
	ID      judging.ReferenceID `json:"id"`
	Set     string              `json:"set"` // what it was brought in with, as "2019年法治作品征集"
	Title   string              `json:"title"`
	Authors []string            `json:"authors,omitempty"`
	Kind    string              `json:"kind"`
	Sum     string              `json:"sha256"`         // of the file it was there; the file itself is not kept
	Look    string              `json:"look,omitempty"` // blob of a small picture or of the words, to be shown beside a work
}

var references = store.NewTable("reference", 1, func(r *Reference) string { return string(r.ID) })
