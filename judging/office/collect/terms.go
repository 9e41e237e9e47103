package collect

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Terms returns until when and where works are sent, and whom to ask; zero where nobody said.
func (o Stage) Terms(ctx context.Context) (collect.Terms, error) {
	return records.View(ctx, o.rec.DB, loadTerms)
}

// LoadTerms reads the terms in a transaction of another stage.
func LoadTerms(tx store.Tx) (collect.Terms, error) { return loadTerms(tx) }

func loadTerms(tx store.Tx) (collect.Terms, error) {
	t, err := terms.Get(tx, "terms")
	var told *judging.Error
	if errors.As(err, &told) && told.Code == judging.NotFound {
		return collect.Terms{}, nil
	}
	return t, err
}

// TermsChange says which of the terms are set; nil leaves one as it is.
type TermsChange struct {
	Deadline, To, Contact, Phone *string
}

// SetTerms sets terms of the call. The journal has the deadline only: the rest may name a person. Errors: Invalid for
// what is no day; Closed once the awards are final.
func (o Stage) SetTerms(ctx context.Context, c TermsChange) (collect.Terms, error) {
	var now collect.Terms
	err := o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		was, err := loadTerms(tx)
		if err != nil {
			return err
		}
		now = was
		for _, f := range []struct {
			to   *string
			said *string
		}{{&now.Deadline, c.Deadline}, {&now.To, c.To}, {&now.Contact, c.Contact}, {&now.Phone, c.Phone}} {
			if f.said != nil {
				*f.to = judging.Tidy(*f.said)
			}
		}
		if now == was {
			return nil
		}
		if err := now.Check(); err != nil {
			return err
		}
		return records.FirstError(terms.Put(tx, now),
			o.rec.Log(tx, "collect.terms", "terms", was.Deadline, now.Deadline))
	})
	return now, err
}
