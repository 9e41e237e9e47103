package board

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

// Card is a thing on a board: its place and number on one line, its name below in as many lines as it needs,
// then a note and a state.
type Card struct {
	Key         string
	Left, Right string // a place and a number
	Head, Foot  string // name and note
	State       string // a chip's word, or ""
	Tone        look.Tone
}

// Column is a row of places with the cards in them. Cards beyond Places stand below a cut line.
type Column struct {
	Key, Title, Note string
	Places           int // where the cut line is drawn; 0 or less draws none
	Cards            []Card
	More             string // said below the cards, as "还有 12 件"; "" for nothing
}

// Board shows columns of cards side by side. A card is opened by press, Enter or Space, and may be dragged to
// another column.
type Board struct {
	lay.Box

	OnOpen func(card string, at fyne.Position) // at is where a menu may stand, in the window
	OnMove func(card, column string)           // dropped on another column

	room    *fyne.Container
	columns []*columnView
}

// columnView is a column as drawn.
type columnView struct {
	key    string
	paper  *canvas.Rectangle
	whole  fyne.CanvasObject
	scroll *container.Scroll
}

// New returns an empty board.
func New() *Board {
	b := &Board{room: container.NewStack()}
	b.Content = b.room
	b.ExtendBaseWidget(b)
	return b
}

// SetColumns shows columns; a column keeps its scroll position.
func (b *Board) SetColumns(columns []Column) {
	offsets := map[string]fyne.Position{}
	for _, c := range b.columns {
		offsets[c.key] = c.scroll.Offset
	}
	b.columns = nil
	weights := make([]float32, len(columns))
	drawn := make([]fyne.CanvasObject, len(columns))
	for i, c := range columns {
		weights[i] = 1
		col := b.column(c)
		col.scroll.Offset = offsets[c.Key]
		b.columns = append(b.columns, col)
		drawn[i] = col.whole
	}
	gap := lay.Gap8
	if look.Short() {
		gap = lay.Gap4
	}
	b.room.Objects = []fyne.CanvasObject{lay.Split(gap, weights, drawn...)}
	b.Refresh()
}

func (b *Board) column(c Column) *columnView {
	out := &columnView{key: c.Key, paper: lay.Paper()}
	list := lay.Stack(lay.Gap4)
	for i, card := range c.Cards {
		if i == c.Places && c.Places > 0 {
			list.Add(cutLine())
		}
		list.Add(b.card(card, c.Key))
	}
	if c.More != "" {
		list.Add(look.NewText(c.More, look.Note, look.Quiet))
	}
	edge := lay.Gap8
	if look.Short() {
		edge = lay.Gap4
	}
	out.scroll = lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(edge, 0), list))
	head := lay.Stack(0, look.NewStrongCut(c.Title, look.Body), look.NewCutText(c.Note, look.Note, look.Quiet))
	out.whole = container.NewStack(out.paper, lay.Inset(edge, lay.Fill(head, out.scroll, nil)))
	return out
}

// cutLine is the line below an award's places.
func cutLine() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(look.ColorAccent))
	r.SetMinSize(fyne.NewSize(1, 2))
	return r
}

// piece is a card as drawn.
type piece struct {
	*button.Press

	board       *Board
	key, column string
	at          fyne.Position // of the pointer, in the window
	dragged     bool
}

func (b *Board) card(c Card, column string) fyne.CanvasObject {
	lines := lay.Stack(
		0,
		container.NewBorder(
			nil, nil, nil, look.NewText(c.Right, look.Body, look.Plain), look.NewStrongCut(c.Left, look.Body),
		),
		look.NewPara(c.Head, look.Body, look.Plain, 40).Fluid(),
		look.NewCutText(c.Foot, look.Note, look.Quiet),
	)
	if c.State != "" {
		lines.Add(lay.Row(0, status.NewChip(c.State, c.Tone)))
	}
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameButton))
	ground.CornerRadius = look.Radius
	p := &piece{board: b, key: c.Key, column: column}
	p.Press = &button.Press{
		Content: container.NewStack(ground, lay.Inset(lay.Gap8, lines)),
		Ground:  canvas.NewRectangle(color.Transparent),
		Over:    canvas.NewRectangle(color.Transparent),
	}
	p.Over.CornerRadius = look.Radius
	p.Extend(p)
	p.OnTapped = p.open
	return p
}

func (p *piece) open() {
	if p.board.OnOpen != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p)
		p.board.OnOpen(p.key, at.AddXY(lay.Gap16, p.Size().Height))
	}
}

// TappedSecondary opens the card as a press does.
func (p *piece) TappedSecondary(*fyne.PointEvent) { p.open() }

// Dragged marks the column under the pointer.
func (p *piece) Dragged(e *fyne.DragEvent) {
	p.at, p.dragged = e.AbsolutePosition, true
	p.board.mark(p.board.under(p.at))
}

// DragEnd moves the card to the column under the pointer, when that is another one.
func (p *piece) DragEnd() {
	to := p.board.under(p.at)
	p.board.mark(nil)
	if p.dragged && to != nil && to.key != p.column && p.board.OnMove != nil {
		p.board.OnMove(p.key, to.key)
	}
	p.dragged = false
}

// Cursor shows a hand.
func (p *piece) Cursor() desktop.Cursor { return desktop.PointerCursor }

// under is the column at a place of the window, nil for none.
func (b *Board) under(at fyne.Position) *columnView {
	for _, c := range b.columns {
		from := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.whole)
		if size := c.whole.Size(); at.X >= from.X && at.Y >= from.Y && at.X < from.X+size.Width &&
			at.Y < from.Y+size.Height {
			return c
		}
	}
	return nil
}

// mark frames one column, the one where a dragged card would fall.
func (b *Board) mark(under *columnView) {
	for _, c := range b.columns {
		c.paper.StrokeColor, c.paper.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
		if c == under {
			c.paper.StrokeColor, c.paper.StrokeWidth = theme.Color(look.ColorInfo), 2
		}
		c.paper.Refresh()
	}
}
