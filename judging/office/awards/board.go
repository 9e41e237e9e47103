package awards

import (
	"context"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// Board 评奖板 is what the awards would be if they were decided now, list by list, next to what was decided last.
type Board struct {
	Lists   []BoardList          `json:"lists"`
	Rulings []award.Ruling       `json:"rulings"` // those that hold, oldest first
	Units   []award.UnitHonour   `json:"units"`
	Mentors []award.MentorHonour `json:"mentors"`
	// of the rules' special prizes each, in their order
	Specials []SpecialHonour `json:"specials,omitempty"`
	Decided  bool            `json:"decided"` // awards were decided at least once
	Pending  int             `json:"pending"` // works whose award differs from what was decided last
	Final    bool            `json:"final"`   // nothing can be changed any more
}

// BoardList is one category and group.
type BoardList struct {
	Category   string        `json:"category"`
	Group      string        `json:"group,omitempty"`
	Ranked     int           `json:"ranked"`
	Slots      []BoardSlot   `json:"slots"`
	Alternates []BoardWork   `json:"alternates"`
	Rest       []BoardWork   `json:"rest"` // the other ranked works, best first
	Out        []BoardWork   `json:"out"`  // disqualified, or gone with an award
	Notes      []award.Note  `json:"notes"`
	Traces     []award.Trace `json:"traces"`
}

// BoardSlot is an award with its places and the works in them, best first.
type BoardSlot struct {
	Award  string      `json:"award"`
	Places int         `json:"places"`
	Part   *award.Part `json:"part,omitempty"` // where its places are counted over the whole contest
	Works  []BoardWork `json:"works"`
}

// BoardWork is a work as a card of the board.
type BoardWork struct {
	Work      judging.WorkID   `json:"work"`
	Code      judging.WorkCode `json:"code"`
	Title     string           `json:"title"`
	Authors   []string         `json:"authors"`
	Unit      string           `json:"unit"`             // the author's
	Sender    string           `json:"sender,omitempty"` // where caps count by it
	Place     int              `json:"place"`
	Official  float64          `json:"official"`
	Tied      bool             `json:"tied"`
	DecidedBy string           `json:"decided_by,omitempty"` // "quota", "override"; "" without an award
	Was       string           `json:"was,omitempty"`        // its award as last decided
	Changed   bool             `json:"changed,omitempty"`    // its award differs from that
}

// AwardBoard computes the board; it changes nothing. Errors: Clash where the official method can't compare the
// judges.
func (o Stage) AwardBoard(ctx context.Context) (Board, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Board, error) {
		return boardIn(ctx, records.ReadingOf(tx))
	})
}

// boardIn is AwardBoard within a transaction.
func boardIn(ctx context.Context, r *records.Reading) (Board, error) {
	b := Board{Lists: []BoardList{}}
	c, err := records.LoadContest(r.Tx)
	if err != nil {
		return b, err
	}
	made, err := Decide(ctx, r, c.Round)
	if err != nil {
		return b, err
	}
	maker := boardMaker{
		was:      map[judging.WorkID]string{},
		placings: map[judging.WorkID]judging.Placing{},
		words:    map[judging.WorkID]award.Ruling{},
	}
	if err := maker.load(ctx, r, c.Round, &b); err != nil {
		return b, err
	}
	awards := map[judging.WorkID]string{}
	for _, d := range made {
		b.Lists = append(b.Lists, maker.list(d, awards))
	}
	if b.Decided {
		b.Pending = len(Changed(maker.decided, made))
	}
	rules, err := records.RuleSheet(r.Tx)
	b.honour(rules, maker.counts, maker.works, awards)
	b.Specials = specials(rules, made, maker.works)
	return b, err
}

// Changed lists the works whose award or special prizes differ between two decidings, by identity.
func Changed(was, is []award.Decision) []judging.WorkID {
	return Differing(honoured(was), honoured(is))
}

// honoured is what each work is honoured with, as one text.
func honoured(all []award.Decision) map[judging.WorkID]string {
	out := AwardsIn(all)
	for _, d := range all {
		for _, s := range d.Specials {
			out[s.Work] += "\n" + s.Prize
		}
	}
	return out
}

// Differing lists the works whose award differs between two lists, by identity.
func Differing(was, is map[judging.WorkID]string) []judging.WorkID {
	var out []judging.WorkID
	for w, award := range is {
		if was[w] != award {
			out = append(out, w)
		}
	}
	for w := range was {
		if is[w] == "" {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// AwardsIn tells each work's award in decided lists.
func AwardsIn(all []award.Decision) map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	for _, d := range all {
		for _, g := range d.Grants {
			out[g.Work] = g.Award
		}
	}
	return out
}

// boardMaker holds what the cards need.
type boardMaker struct {
	works    map[judging.WorkID]judging.Work
	placings map[judging.WorkID]judging.Placing
	order    []judging.Placing
	gone     []judging.Work // disqualified, or out of the contest with an award; by identity
	words    map[judging.WorkID]award.Ruling
	was      map[judging.WorkID]string
	shown    map[judging.WorkID]int // places as people see them
	caps     judging.Caps
	decided  []award.Decision
	counts   func(judging.Work) bool // is in the contest
	rules    judging.Rules
}

// sender returns who sent a work in where a cap counts by that.
func (m *boardMaker) sender(w judging.Work) string {
	if m.caps.PerUnit == 0 || m.caps.UnitKind() != judging.SenderUnit {
		return ""
	}
	return w.Sender
}

func (m *boardMaker) load(ctx context.Context, r *records.Reading, round judging.Round, b *Board) (err error) {
	var all []judging.Work
	if all, m.works, err = r.Works(); err != nil {
		return err
	}
	if m.counts, err = records.InContest(r.Tx); err != nil {
		return err
	}
	if m.rules, err = records.RuleSheet(r.Tx); err != nil {
		return err
	}
	if m.order, err = results.Rank(ctx, r, round); err != nil {
		return err
	}
	for _, p := range m.order {
		m.placings[p.Work] = p
	}
	if b.Rulings, err = records.LiveRulings(r.Tx); err != nil {
		return err
	}
	for _, u := range b.Rulings {
		if u.Kind != award.RuleTie && u.Kind != award.RuleNominate {
			m.words[u.Work] = u
		}
	}
	rules, err := records.RuleSheet(r.Tx)
	if err != nil {
		return err
	}
	m.caps, m.shown = rules.Caps, map[judging.WorkID]int{}
	for _, list := range results.Runs(m.order, results.SameList) {
		maps.Copy(m.shown, award.ShownPlaces(list, func(w judging.WorkID) bool {
			return m.words[w].Kind == award.RuleDisqualify
		}))
	}
	decided, err := records.LoadDecisions(r.Tx)
	if err != nil {
		return err
	}
	m.decided, b.Decided = decided, len(decided) > 0
	for _, d := range decided {
		for _, g := range d.Grants {
			m.was[g.Work] = g.Award
		}
	}
	for _, w := range all {
		if !m.counts(w) && (m.words[w.ID].Kind == award.RuleDisqualify || m.was[w.ID] != "") {
			m.gone = append(m.gone, w)
		}
	}
	b.Final, err = records.IsFinal(r.Tx)
	return err
}

func (m *boardMaker) card(id judging.WorkID, award, by string) BoardWork {
	w, p := m.works[id], m.placings[id]
	return BoardWork{
		Work:      id,
		Code:      w.Code,
		Title:     w.Title,
		Authors:   w.Authors,
		Unit:      w.ShownUnit(),
		Sender:    m.sender(w),
		Place:     m.shown[id],
		Official:  p.Official,
		Tied:      p.Tied,
		DecidedBy: by,
		Was:       m.was[id],
		Changed:   len(m.decided) > 0 && m.was[id] != award,
	}
}

// list lays out one decision and tells its awards in awards.
func (m *boardMaker) list(d award.Decision, awards map[judging.WorkID]string) BoardList {
	out := BoardList{
		Category:   d.Category,
		Group:      d.Group,
		Ranked:     d.Ranked,
		Slots:      []BoardSlot{},
		Alternates: []BoardWork{},
		Rest:       []BoardWork{},
		Out:        []BoardWork{},
		Notes:      d.Notes,
		Traces:     d.Traces,
	}
	for _, s := range d.Slots {
		slot := BoardSlot{Award: s.Award, Places: s.Places, Part: s.Part, Works: []BoardWork{}}
		for _, g := range d.Grants {
			if g.Award == s.Award {
				awards[g.Work] = g.Award
				slot.Works = append(slot.Works, m.card(g.Work, g.Award, g.DecidedBy))
			}
		}
		out.Slots = append(out.Slots, slot)
	}
	for _, id := range d.Alternates {
		out.Alternates = append(out.Alternates, m.card(id, "", ""))
	}
	for _, p := range m.order {
		if p.Category != d.Category || p.Group != d.Group || p.Place == 0 || awards[p.Work] != "" ||
			slices.Contains(d.Alternates, p.Work) {
			continue
		}
		out.Rest = append(out.Rest, m.card(p.Work, "", ""))
	}
	for _, w := range m.gone {
		if m.leftFrom(w, d) {
			out.Out = append(out.Out, m.card(w.ID, "", ""))
		}
	}
	return out
}

// leftFrom reports whether a work that is gone was of a list.
func (m *boardMaker) leftFrom(w judging.Work, d award.Decision) bool {
	group := ""
	if m.rules.RankedApart(w.Category, w.Group) {
		group = w.Group
	}
	return w.Category == d.Category && group == d.Group
}

func (b *Board) honour(
	rules judging.Rules, counts func(judging.Work) bool, works map[judging.WorkID]judging.Work,
	awards map[judging.WorkID]string,
) {
	all := make([]judging.Work, 0, len(works))
	for _, w := range works {
		if counts(w) {
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(a, b judging.Work) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	b.Units, b.Mentors = award.UnitHonours(rules, all, awards), award.MentorHonours(rules, all, awards)
}

// Honours are the prizes of units and teachers by the awards as decided.
type Honours struct {
	Units   []award.UnitHonour   `json:"units"`
	Mentors []award.MentorHonour `json:"mentors"`
	// of the rules' special prizes each, in their order
	Specials []SpecialHonour `json:"specials,omitempty"`
}

// Honours computes the prizes of units and teachers by the rules from the awards as last decided.
func (o Stage) Honours(ctx context.Context) (Honours, error) {
	return records.View(ctx, o.rec.DB, HonoursIn)
}

// HonoursIn is Honours within a transaction.
func HonoursIn(tx store.Tx) (Honours, error) {
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return Honours{}, err
	}
	decided, err := records.LoadDecisions(tx)
	if err != nil {
		return Honours{}, err
	}
	_, works, err := records.ReadingOf(tx).Works()
	if err != nil {
		return Honours{}, err
	}
	counts, err := records.InContest(tx)
	if err != nil {
		return Honours{}, err
	}
	var b Board
	b.honour(rules, counts, works, AwardsIn(decided))
	return Honours{b.Units, b.Mentors, specials(rules, decided, works)}, nil
}
