package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// BoardCard is a thing on a board: its place and number on one line, its name below in as many lines as it needs,
// then a note and a state.
type BoardCard struct {
	Key         string
	Left, Right string // a place and a number
	Head, Foot  string // name and note
	State       string // a chip's word, or ""
	Tone        Tone
}

// BoardColumn is a row of places with the cards in them. Cards beyond Places stand below a cut line.
type BoardColumn struct {
	Key, Title, Note string
	Places           int // where the cut line is drawn; 0 or less draws none
	Cards            []BoardCard
	More             string // said below the cards, as "还有 12 件"; "" for nothing
}

// Board shows columns of cards side by side. A card is opened by press, Enter or Space, and may be dragged to
// another column.
type Board struct {
	box

	OnOpen func(card string, at fyne.Position) // at is where a menu may stand, in the window
	OnMove func(card, column string)           // dropped on another column

	room    *fyne.Container
	columns []*boardColumn
}

// boardColumn is a column as drawn.
type boardColumn struct {
	key    string
	paper  *canvas.Rectangle
	whole  fyne.CanvasObject
	scroll *container.Scroll
}

// NewBoard returns an empty board.
func NewBoard() *Board {
	b := &Board{room: container.NewStack()}
	b.content = b.room
	b.ExtendBaseWidget(b)
	return b
}

// SetColumns shows columns; a column keeps its scroll position.
func (b *Board) SetColumns(columns []BoardColumn) {
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
	b.room.Objects = []fyne.CanvasObject{Split(Gap8, weights, drawn...)}
	b.Refresh()
}

func (b *Board) column(c BoardColumn) *boardColumn {
	out := &boardColumn{key: c.Key, paper: paper()}
	list := Stack(Gap4)
	for i, card := range c.Cards {
		if i == c.Places && c.Places > 0 {
			list.Add(cutLine())
		}
		list.Add(b.card(card, c.Key))
	}
	if c.More != "" {
		list.Add(NewText(c.More, Note, Quiet))
	}
	out.scroll = VScroll(container.NewBorder(nil, nil, nil, Blank(Gap8, 0), list))
	head := Stack(0, NewStrongCut(c.Title, Body), NewCutText(c.Note, Note, Quiet))
	out.whole = container.NewStack(out.paper, Inset(Gap8, Fill(head, out.scroll, nil)))
	return out
}

// NewStrongCut is a strong line that ends in an ellipsis where there is too little room.
func NewStrongCut(text string, role Role) *CutText {
	c := NewCutText(text, role, Plain)
	c.line.TextStyle.Bold = true
	return c
}

// cutLine is the line below an award's places.
func cutLine() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(ColorAccent))
	r.SetMinSize(fyne.NewSize(1, 2))
	return r
}

// boardPiece is a card as drawn.
type boardPiece struct {
	*Press

	board       *Board
	key, column string
	at          fyne.Position // of the pointer, in the window
	dragged     bool
}

func (b *Board) card(c BoardCard, column string) fyne.CanvasObject {
	lines := Stack(
		0,
		container.NewBorder(nil, nil, nil, NewText(c.Right, Body, Plain), NewStrongCut(c.Left, Body)),
		NewPara(c.Head, Body, Plain, 40).Fluid(),
		NewCutText(c.Foot, Note, Quiet),
	)
	if c.State != "" {
		lines.Add(Row(0, NewChip(c.State, c.Tone)))
	}
	ground := canvas.NewRectangle(theme.Color(theme.ColorNameButton))
	ground.CornerRadius = radius
	p := &boardPiece{board: b, key: c.Key, column: column}
	p.Press = &Press{
		content: container.NewStack(ground, Inset(Gap8, lines)),
		ground:  canvas.NewRectangle(color.Transparent),
		over:    canvas.NewRectangle(color.Transparent),
	}
	p.over.CornerRadius = radius
	p.ExtendBaseWidget(p)
	p.OnTapped = p.open
	return p
}

func (p *boardPiece) open() {
	if p.board.OnOpen != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p)
		p.board.OnOpen(p.key, at.AddXY(Gap16, p.Size().Height))
	}
}

// TappedSecondary opens the card as a press does.
func (p *boardPiece) TappedSecondary(*fyne.PointEvent) { p.open() }

// Dragged marks the column under the pointer.
func (p *boardPiece) Dragged(e *fyne.DragEvent) {
	p.at, p.dragged = e.AbsolutePosition, true
	p.board.mark(p.board.under(p.at))
}

// DragEnd moves the card to the column under the pointer, when that is another one.
func (p *boardPiece) DragEnd() {
	to := p.board.under(p.at)
	p.board.mark(nil)
	if p.dragged && to != nil && to.key != p.column && p.board.OnMove != nil {
		p.board.OnMove(p.key, to.key)
	}
	p.dragged = false
}

// Cursor shows a hand.
func (p *boardPiece) Cursor() desktop.Cursor { return desktop.PointerCursor }

// under is the column at a place of the window, nil for none.
func (b *Board) under(at fyne.Position) *boardColumn {
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
func (b *Board) mark(under *boardColumn) {
	for _, c := range b.columns {
		c.paper.StrokeColor, c.paper.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
		if c == under {
			c.paper.StrokeColor, c.paper.StrokeWidth = theme.Color(ColorInfo), 2
		}
		c.paper.Refresh()
	}
}
