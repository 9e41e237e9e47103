package table

import (
	"fayi/judging/sheet/evidence"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/segment"
)

// takeCards makes a table of cards: its columns are the labels of the first card, its records the cards.
func (t *table) takeCards(w *segment.Window, cards [][]segment.Pair) (records []*record) {
	t.Card, t.Usable = true, true
	t.FirstRow = cards[0][0].Row
	t.Heading = segment.Heading{Top: w.TopOf(cards[0]), Bottom: t.FirstRow}
	for i, p := range cards[0] {
		c := &evidence.Column{
			Column: mapping.Column{
				Index:      i,
				Letter:     grid.ColumnLetters(p.Col),
				Header:     field.Shown(p.Label),
				Field:      p.Means,
				Confidence: p.Sure,
			},
			Meaning: p.Meaning,
		}
		t.Cols = append(t.Cols, c)
		t.Columns = append(t.Columns, c.Column)
		t.Heading.Labels = append(t.Heading.Labels, []string{p.Label})
	}
	t.Signature = t.Heading.Signature()
	t.preamble(w)
	for _, pairs := range cards {
		r := &record{
			row:     pairs[0].Row,
			now:     t.now,
			values:  map[field.Field]grid.Cell{},
			columns: map[field.Field]*evidence.Column{},
			names:   map[field.Field][]grid.Cell{},
			more:    map[string]string{},
		}
		for _, p := range pairs {
			c := &evidence.Column{
				Column: mapping.Column{
					Index:  p.Col,
					Letter: grid.ColumnLetters(p.Col),
					Header: field.Shown(p.Label),
					Field:  p.Means,
				},
			}
			t.takeValue(r, p.Row, c, p.Value)
		}
		r.pairs = pairs
		records = append(records, r)
	}
	return records
}

// cardCells lists the values of a card in the order of the table's columns, to be shown.
func (t *table) ownCells(r *record) []grid.Cell {
	if t.cards == nil {
		return nil
	}
	return t.cardCells(r)
}

func (t *table) cardCells(r *record) []grid.Cell {
	cells := make([]grid.Cell, len(t.Cols))
	for i, c := range t.Cols {
		for _, p := range r.pairs {
			if p.Means == c.Field && field.Shown(p.Label) == c.Header && cells[i].Text == "" {
				cells[i] = p.Value
			}
		}
	}
	return cells
}
