package report

import (
	"context"
	"strings"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// winner names who has a certificate: the work, the work with a special prize, or the unit or teacher with the prize.
func winner(c records.Certificate) string {
	switch {
	case c.Special:
		return string(c.Work) + "\x1f" + c.Award
	case c.Work != "":
		return string(c.Work)
	}
	return c.Award + "\x1f" + c.Author
}

// certificateOf is the certificate of an award, without a number.
func certificateOf(a awards.Award) records.Certificate {
	return records.Certificate{Work: a.Work, Award: a.Award, Author: strings.Join(a.Authors, "、"), Title: a.Title,
		Special: a.Special}
}

// UnprintableRecord names a work with characters that the type lacks.
type UnprintableRecord struct {
	Work       judging.WorkID `json:"work"`
	Title      string         `json:"title"` // of the work, or the unit or teacher of a prize
	Characters string         `json:"characters"`
}

// UnprintableNames lists the winners whose names, titles or units hold characters that the type lacks, before
// anything is printed. Errors: Closed when no awards are decided.
func (o Stage) UnprintableNames(ctx context.Context) ([]UnprintableRecord, error) {
	won, err := o.winners(ctx, CertificateRequest{Honours: true})
	if err != nil {
		return nil, err
	}
	return lacking(won)
}

// winners lists the awards of the works named, all where none is, and then the prizes of units and teachers if they
// are wanted.
func (o Stage) winners(ctx context.Context, req CertificateRequest) ([]awards.Award, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]awards.Award, error) { return winnersIn(ctx, tx, req) })
}

func winnersIn(ctx context.Context, tx store.Tx, req CertificateRequest) ([]awards.Award, error) {
	all, err := awards.ListAwards(ctx, tx)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, judging.Fail(judging.Closed, "awards.none", nil)
	}
	h, err := awards.HonoursIn(tx)
	if err != nil {
		return nil, err
	}
	if len(req.Works) == 0 {
		if req.Honours {
			all = append(append(all, h.SpecialAwards()...), prizesOf(h)...)
		}
		return all, nil
	}
	all = append(all, h.SpecialAwards()...)
	var out []awards.Award
	for _, id := range req.Works {
		had := len(out)
		for _, a := range all {
			if a.Work == id {
				out = append(out, a)
			}
		}
		if len(out) == had {
			return nil, judging.Fail(judging.NotFound, "batch.no_award", judging.Args{"Work": string(id)})
		}
	}
	return out, nil
}

// prizesOf lists the prizes of units and teachers as awards without a work.
func prizesOf(h awards.Honours) (out []awards.Award) {
	for _, u := range h.Units {
		if u.Given {
			out = append(out, awards.Award{Award: u.Prize, Authors: []string{u.Unit}, Unit: u.Unit})
		}
	}
	for _, m := range h.Mentors {
		out = append(out, awards.Award{Award: m.Prize, Authors: []string{m.Teacher}, Unit: m.Unit})
	}
	return out
}

func lacking(awards []awards.Award) ([]UnprintableRecord, error) {
	texts := make([]string, len(awards))
	for i, a := range awards {
		texts[i] = strings.Join(append([]string{a.Title, a.Unit, a.Award}, append(a.Authors, a.Teachers...)...), "\n")
	}
	bad, err := diploma.Lacking(texts)
	if err != nil {
		return nil, err
	}
	out := []UnprintableRecord{}
	for i, a := range awards {
		if chars := bad[texts[i]]; chars != "" {
			name := a.Title
			if name == "" {
				name = a.Unit
			}
			out = append(out, UnprintableRecord{a.Work, name, chars})
		}
	}
	return out, nil
}

// passWinners asks at the gate and lists the winners, as of one moment.
func (o Stage) passWinners(
	ctx context.Context, req CertificateRequest, report *CertificateReport,
) ([]awards.Award, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (_ []awards.Award, err error) {
		if report.Open, err = o.rec.Pass(ctx, tx, records.GateCertificates); err != nil {
			return nil, err
		}
		if report.State, err = records.StateOf(tx); err != nil {
			return nil, err
		}
		return winnersIn(ctx, tx, req)
	})
}
