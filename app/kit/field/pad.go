package field

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// maxPad bounds how many digits a pad takes.
const maxPad = 12

// Pad 数字键盘 takes a number that nobody should read over the user's shoulder: large keys for the pointer, and the
// digits, Backspace, Enter and Escape of the keyboard through its page's TypedKey.
type Pad struct {
	widget.BaseWidget

	OnEnter func(digits string)

	digits string
	dots   *canvas.Text
	told   *look.Para
	enter  *button.Button
	t      kit.Texter
}

// padKey is the height of a key: that of a finger in any size of type, so that the pad fits a screen of 720.
func padKey() float32 { return min(look.Em(4.2), 62) }

// NewPad returns an empty pad with a button of that name below.
func NewPad(t kit.Texter, action string) *Pad {
	p := &Pad{
		t: t, dots: look.NewStrong("", look.Title, look.Plain), told: look.NewPara("", look.Body, look.Problem, 19),
	}
	p.enter = button.NewPrimary(action, p.onEnter)
	p.ExtendBaseWidget(p)
	p.show()
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *Pad) CreateRenderer() fyne.WidgetRenderer {
	var keys []fyne.CanvasObject
	for _, k := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		keys = append(keys, p.key(k, func() { p.Type(k) }))
	}
	keys = append(
		keys,
		p.key(p.t.T("kit.pad_clear", nil), p.Clear),
		p.key("0", func() { p.Type("0") }),
		p.key(p.t.T("kit.pad_back", nil), p.Rub),
	)
	dots := lay.Sheet(lay.Gap8, container.NewStack(lay.Blank(0, look.Em(2)), container.NewCenter(p.dots)))
	rows := lay.Stack(lay.Gap8, dots)
	for i := 0; i < len(keys); i += 3 {
		rows.Add(lay.Split(lay.Gap8, []float32{1, 1, 1}, keys[i:i+3]...))
	}
	rows.Add(container.NewStack(lay.Blank(0, padKey()-lay.Gap8), p.enter))
	rows.Add(container.NewStack(lay.Blank(look.Em(19), look.Em(3.4)), p.told))
	return widget.NewSimpleRenderer(rows)
}

// key is one large key.
func (p *Pad) key(text string, press func()) fyne.CanvasObject {
	role := look.Title
	if utf8.RuneCountInString(text) > 1 {
		role = look.Section
	}
	return button.NewPress(
		lay.Sheet(0, container.NewStack(
			lay.Blank(look.Em(6), padKey()), container.NewCenter(look.NewStrong(text, role, look.Plain)),
		)),
		press,
	)
}

// Type adds a digit; beyond twelve it does nothing.
func (p *Pad) Type(digit string) {
	if len(p.digits) < maxPad {
		p.digits += digit
		p.told.SetText("")
		p.show()
	}
}

// Rub takes the last digit back.
func (p *Pad) Rub() {
	p.digits = p.digits[:max(0, len(p.digits)-1)]
	p.show()
}

// Clear takes all digits back.
func (p *Pad) Clear() {
	p.digits = ""
	p.show()
}

// Tell says what is wrong, below the keys, and empties the pad.
func (p *Pad) Tell(wrong string) {
	p.told.SetText(wrong)
	p.Clear()
}

// TypedKey takes a key of the keyboard and reports whether the pad has use for it.
func (p *Pad) TypedKey(key *fyne.KeyEvent) bool {
	switch name := string(key.Name); {
	case len(name) == 1 && name >= "0" && name <= "9":
		p.Type(name)
	case key.Name == fyne.KeyBackspace:
		p.Rub()
	case key.Name == fyne.KeyDelete:
		p.Clear()
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		p.onEnter()
	default:
		return false
	}
	return true
}

func (p *Pad) onEnter() {
	if p.digits != "" && p.OnEnter != nil {
		p.OnEnter(p.digits)
	}
}

func (p *Pad) show() {
	p.dots.Text = strings.TrimSpace(strings.Repeat("● ", len(p.digits)))
	p.dots.Refresh()
	if p.digits == "" {
		p.enter.Disable()
		return
	}
	p.enter.Enable()
}
