package exhibition

import (
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/office/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Consent says whether the author of a work agreed that it is shown.
type Consent = consent.Answer

// What is known. Statement and guardian's consent of the kit agree to it; a column of the list says it of each work.
const (
	Given   = consent.Given
	Refused = consent.Refused // the list says no: it is never shown
	Unknown = consent.Unknown // no paper came, and no list says so
)

// Candidate is an awarded work, and whether it may be shown.
type Candidate struct {
	Work    judging.WorkID   `json:"work"`
	Code    judging.WorkCode `json:"code"`
	Award   string           `json:"award"`
	Title   string           `json:"title"`
	Authors []string         `json:"authors"`
	Unit    string           `json:"unit"` // that sent it
	Minor   bool             `json:"minor"`
	Consent Consent          `json:"consent"`
}

// Candidates lists the awarded works in the order of the award list, each with its consent. Errors: Closed before the
// awards are final, *records.OpenError.
func (o Stage) Candidates(ctx context.Context) ([]Candidate, error) {
	b, err := o.gather(ctx)
	return b.candidates, err
}

// consents finds what authors agreed to.
type consents struct {
	papers collect.Papers
	rules  judging.Rules
}

func consentsOf(tx store.Tx, rules judging.Rules) (consents, error) {
	papers, err := collect.PapersOf(tx)
	return consents{papers, rules}, err
}

// of says what is known of a work: what its own row says, else what papers came with it or from its unit. A child
// needs the paper of a guardian.
func (c consents) of(w judging.Work) Consent {
	if said := consent.Of(w.More[consent.Field]); said != Unknown {
		return said
	}
	lies := func(words ...string) bool {
		return slices.ContainsFunc(w.Files, func(f judging.File) bool {
			name := judging.Fold(f.Name)
			return f.Aside && slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
		})
	}
	given := lies("承诺", "授权", "statement") || c.papers.Statement(w.Body())
	if c.rules.Minor(w.Group) {
		given = lies("同意书", "监护人", "consent") || c.papers.Consent(w.Body())
	}
	if given {
		return Given
	}
	return Unknown
}

// final refuses what is not final yet, and passes the gate of what leaves the office.
func final(ctx context.Context, rec *records.Records, tx store.Tx) ([]records.Point, *judging.Notice, error) {
	n, err := records.Standing(tx)
	if err == nil && (n == nil || n.State != judging.Final) {
		err = judging.Fail(judging.Closed, "exhibition.not_final", nil)
	}
	if err != nil {
		return nil, nil, err
	}
	open, err := rec.Pass(ctx, tx, records.GateCertificates)
	return open, n, err
}
