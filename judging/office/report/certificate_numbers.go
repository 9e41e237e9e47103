package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// numberRanges tells the numbers of certificates as people write them: those in a row as "0005–0009", what stands
// before and after a number said once. "〔2020〕第0003、0005–0009号".
func numberRanges(list []records.Certificate, comma string) string {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b records.Certificate) int {
		return cmp.Compare(a.Seq, b.Seq)
	})
	var out strings.Builder
	head, tail := "", "" // of the group at hand
	for i := 0; i < len(sorted); {
		from := sorted[i]
		before, digits, after := cutNumber(from)
		to := i
		for to+1 < len(sorted) && sorted[to+1].Seq <= sorted[to].Seq+1 && sameForm(sorted[to+1], before, after) {
			to++
		}
		switch {
		case i == 0:
			out.WriteString(before)
		case before == head && after == tail:
			out.WriteString(comma)
		default:
			out.WriteString(tail + comma + before)
		}
		head, tail = before, after
		out.WriteString(digits)
		if sorted[to].Seq > from.Seq {
			_, last, _ := cutNumber(sorted[to])
			out.WriteString("–" + last)
		}
		i = to + 1
	}
	return out.String() + tail
}

// cutNumber parts a certificate's number into its running number and what stands around it; one without it is all
// running number.
func cutNumber(c records.Certificate) (before, digits, after string) {
	digits = judging.Serial("", 4, c.Seq)
	i := strings.LastIndex(c.Number, digits)
	if i < 0 {
		return "", c.Number, ""
	}
	return c.Number[:i], digits, c.Number[i+len(digits):]
}

func sameForm(c records.Certificate, before, after string) bool {
	b, _, a := cutNumber(c)
	return b == before && a == after
}

// numberCertificates returns the certificate of each award, new ones under the next numbers.
func (o Stage) numberCertificates(
	ctx context.Context, awards []awards.Award, words paper.Words,
) (map[string]records.Certificate, error) {
	known, err := records.View(ctx, o.rec.DB, loadCertificates)
	if err != nil {
		return nil, err
	}
	out := map[string]records.Certificate{}
	seq := 0
	for _, c := range known {
		seq = max(seq, c.Seq)
		out[winner(c)] = c
	}
	var fresh []records.Certificate
	year := o.rec.Now().Year()
	for _, a := range awards {
		c := certificateOf(a)
		if before, ok := out[winner(c)]; ok && before.Award == c.Award &&
			before.Author == c.Author && before.Title == c.Title {
			continue
		}
		seq++
		c.Seq, c.Number = seq, words("report.certificate_number", map[string]any{
			"Year":   year,
			"Number": fmt.Sprintf("%04d", seq),
		})
		out[winner(c)] = c
		fresh = append(fresh, c)
	}
	if len(fresh) == 0 {
		return out, nil
	}
	cost := func(i int) (int, int) { return records.Certificates.Cost(fresh[i]) }
	if err := store.Bulk(ctx, o.rec.In(records.Reporting), len(fresh), cost, func(tx store.Tx,
		i int) error {
		return records.Certificates.Put(tx, fresh[i])
	}, nil); err != nil {
		return nil, err
	}
	return out, o.rec.Change(ctx, records.Reporting, func(tx store.Tx) error {
		return o.rec.Log(tx, "report.certificates", "", nil, map[string]any{"first": fresh[0].Number,
			"last": fresh[len(fresh)-1].Number, "count": len(fresh)})
	})
}

func loadCertificates(tx store.Tx) ([]records.Certificate, error) {
	return records.Collect(func(fn func(records.Certificate) error) error { return records.Certificates.Each(tx, fn) })
}

// CertificateCheck is what became of checking a certificate.
type CertificateCheck struct {
	Genuine bool   `json:"genuine"`
	Number  string `json:"number"`
	Author  string `json:"author,omitempty"`
	Title   string `json:"title,omitempty"`
	Award   string `json:"award,omitempty"`
	Current bool   `json:"current"` // the work still has this award
}

// VerifyCertificate reports whether a certificate is one of this contest, by its number and code, without a
// network: the code is computed from what was printed and the contest's own key. Errors: NotFound for a number that
// was never given.
func (o Stage) VerifyCertificate(ctx context.Context, number, code string) (CertificateCheck, error) {
	check := CertificateCheck{Number: number}
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return check, err
	}
	all, err := records.View(ctx, o.rec.DB, loadCertificates)
	if err != nil {
		return check, err
	}
	i := slices.IndexFunc(all, func(c records.Certificate) bool {
		return judging.Fold(c.Number) == judging.Fold(number)
	})
	if i < 0 {
		return check, judging.Fail(judging.NotFound, "report.no_certificate", judging.Args{"Number": number})
	}
	found := all[i]
	printed := diploma.Certificate{Number: found.Number, Author: found.Author, Title: found.Title, Award: found.Award}
	if !(diploma.Key{Contest: c.ID, Secret: c.Key}).Holds(printed, code) {
		return check, nil
	}
	check.Genuine, check.Author, check.Title, check.Award = true, found.Author, found.Title, found.Award
	won, err := o.winners(ctx, CertificateRequest{Honours: true})
	if judging.CodeOf(err) == judging.Closed { // the awards were taken back
		return check, nil
	}
	check.Current = slices.ContainsFunc(won, func(a awards.Award) bool {
		return a.Award == found.Award && winner(certificateOf(a)) == winner(found)
	})
	return check, err
}
