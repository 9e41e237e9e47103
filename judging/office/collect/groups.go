package collect

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/media/match"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
)

// GroupState is how far the units of one kind are together, as 乡镇, 学校, 部门.
type GroupState struct {
	Kind     string `json:"kind"`     // as the list of units has it; "" where it says none
	Unlisted bool   `json:"unlisted"` // units that no list names, and that sent all the same
	Asked    int    `json:"asked"`    // units of the list
	Sent     int    `json:"sent"`     // units from which something came: InTime and Late
	InTime   int    `json:"in_time"`
	Late     int    `json:"late"` // units of which something came after the deadline
	Lacking  int    `json:"lacking"`
	Over     int    `json:"over"` // of the units, those with more than they may send
	Complete int    `json:"complete"`
	Nothing  int    `json:"nothing"`
	Works    int    `json:"works"`

	Units []UnitState `json:"-"` // by state, then by name
}

func (g *GroupState) add(u UnitState) {
	g.Works += u.Works
	for _, n := range []struct {
		is bool
		to *int
	}{
		{u.Listed, &g.Asked}, {u.State != Nothing, &g.Sent}, {u.State != Nothing && !u.Late, &g.InTime},
		{u.State != Nothing && u.Late, &g.Late}, {u.State == Lacking, &g.Lacking}, {u.State == Over, &g.Over},
		{u.State == Complete, &g.Complete}, {u.State == Nothing, &g.Nothing},
	} {
		if n.is {
			*n.to++
		}
	}
	g.Units = append(g.Units, u)
}

// Groups gathers the units by kind, in the order of the kinds' names; those without a kind and those that no list names
// are last. Each unit is in one group.
func (b Inbox) Groups() []GroupState {
	out := []GroupState{}
	for _, u := range b.Units {
		at := slices.IndexFunc(out, func(g GroupState) bool {
			return g.Unlisted == !u.Listed && judging.Fold(g.Kind) == judging.Fold(u.Kind)
		})
		if at < 0 {
			at = len(out)
			out = append(out, GroupState{Kind: u.Kind, Unlisted: !u.Listed})
		}
		out[at].add(u)
	}
	last := func(g GroupState) int {
		switch {
		case g.Unlisted:
			return 2
		case g.Kind == "":
			return 1
		}
		return 0
	}
	for _, g := range out {
		slices.SortStableFunc(g.Units, func(a, b UnitState) int {
			return cmp.Or(cmp.Compare(slices.Index(States, a.State), slices.Index(States, b.State)),
				match.CompareNames(a.Unit, b.Unit))
		})
	}
	slices.SortFunc(out, func(a, b GroupState) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// Total is all units together.
func (b Inbox) Total() GroupState {
	var all GroupState
	for _, u := range b.Units {
		all.add(u)
	}
	return all
}

// Title names a group.
func (g GroupState) Title(words paper.Words) string {
	switch {
	case g.Unlisted:
		return words("call.kind_unlisted", nil)
	case g.Kind == "":
		return words("call.kind_none", nil)
	}
	return g.Kind
}

// GroupColumns are the numbers of a group in the order in which people read them, as ends of text keys: call.sum_….
var GroupColumns = []string{"asked", "sent", "in_time", "late", "complete", "lacking", "over", "nothing", "works"}

// Numbers are those of GroupColumns.
func (g GroupState) Numbers() []int {
	return []int{g.Asked, g.Sent, g.InTime, g.Late, g.Complete, g.Lacking, g.Over, g.Nothing, g.Works}
}

// Sign is a sign for how far a unit is, which tells without a colour.
func (u UnitState) Sign() string { return Sign(u.State) }

// Sign is the sign of a state.
func Sign(state string) string {
	return map[string]string{Nothing: "○", Lacking: "△", Over: "＋", Complete: "√"}[state]
}

// Legend says what the signs mean.
func Legend(words paper.Words) string {
	var parts []string
	for _, s := range States {
		parts = append(parts, Sign(s)+" "+words("call.state_"+s, nil))
	}
	return strings.Join(parts, "　")
}

// groupPaper lays the groups out.
func (b Inbox) groupPaper(c judging.Contest, words paper.Words) paper.Paper {
	p := paper.Paper{
		Name:  words("call.kinds_name", nil),
		Title: words("call.kinds_title", judging.Args{"Contest": c.Title()}), Note: words("call.list_note", b.Args()),
		Columns: []paper.PaperColumn{{Head: words("call.list_kind", nil), Least: 12, Most: 30, Across: "left"}},
	}
	for _, name := range GroupColumns {
		p.Columns = append(p.Columns, paper.PaperColumn{Head: words("call.sum_"+name, nil), Least: 7, Most: 10})
	}
	line := func(title string, g GroupState) {
		row := []any{title}
		for _, n := range g.Numbers() {
			row = append(row, n)
		}
		p.Rows = append(p.Rows, row)
	}
	for _, g := range b.Groups() {
		line(g.Title(words), g)
	}
	line(words("call.kinds_total", nil), b.Total())
	return p
}

// mapTones are the colours of tiles.
var mapTones = map[string]diploma.TileTone{
	Nothing: diploma.TileRed, Lacking: diploma.TileAmber, Over: diploma.TileBlue, Complete: diploma.TileGreen,
}

// ReportMap writes how far each unit is as PDF on A4, for the leader: the numbers of each group, and one tile for each
// unit, gathered by group, with colour, sign and word. It names no person. It returns how many units these are. Errors:
// NotFound where no unit is known, Unavailable.
func (o Stage) ReportMap(ctx context.Context, path string, words paper.Words) (int, error) {
	c, b, err := o.known(ctx)
	if err != nil {
		return 0, err
	}
	sheet := b.sheet(c, words)
	sheet.Made = o.rec.Now()
	return len(b.Units), records.WriteFile(path, func(w io.Writer) error { return diploma.Map(w, sheet) })
}

func (b Inbox) sheet(c judging.Contest, words paper.Words) diploma.TileMap {
	p := b.groupPaper(c, words)
	m := diploma.TileMap{
		Title: words("call.map_title", judging.Args{"Contest": c.Title()}), Lines: []string{p.Note, Legend(words)},
		Table: diploma.ListTable{Heads: []string{p.Columns[0].Head}, Right: []bool{false}}, Words: diploma.Words(words),
	}
	for _, col := range p.Columns[1:] {
		m.Table.Heads, m.Table.Right = append(m.Table.Heads, col.Head), append(m.Table.Right, true)
	}
	for _, row := range p.Rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, fmt.Sprint(v))
		}
		m.Table.Rows = append(m.Table.Rows, cells)
	}
	for _, g := range b.Groups() {
		group := diploma.TileGroup{Title: words("call.map_group", judging.Args{
			"Kind": g.Title(words), "Units": len(g.Units), "Sent": g.Sent, "Works": g.Works,
		})}
		for _, u := range g.Units {
			group.Tiles = append(group.Tiles, diploma.Tile{
				Name: u.Unit, Word: u.Sign() + " " + u.TileText(words), Tone: mapTones[u.State],
			})
		}
		m.Groups = append(m.Groups, group)
	}
	return m
}

// TileText says in few words how far a unit is and how many works it sent.
func (u UnitState) TileText(words paper.Words) string {
	text := u.StateText(words)
	if u.Works > 0 {
		text += words("call.tile_works", judging.Args{"N": u.Works})
	}
	return text
}
