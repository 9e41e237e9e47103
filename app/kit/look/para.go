package look

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Para is text for reading: broken into lines of at most so many Chinese characters, 1.6 times as high as the type.
// No line begins with closing punctuation or ends with opening punctuation, no Latin word or number is torn.
type Para struct {
	widget.BaseWidget

	text  string
	role  Role
	Tone  Tone
	chars float32
	fluid bool
	width float32 // of the last layout, if fluid
}

// NewPara returns text in lines of at most chars Chinese characters; above 40 reads badly. Its size is known before
// it is laid out.
func NewPara(text string, role Role, tone Tone, chars float32) *Para {
	p := &Para{text: text, role: role, Tone: tone, chars: chars}
	p.ExtendBaseWidget(p)
	return p
}

// Fluid makes the lines shorter where there is less room, down to eight characters, and returns p. Its height then
// depends on its width, so that it belongs in a Stack or a Border, not in a Row.
func (p *Para) Fluid() *Para {
	p.fluid = true
	return p
}

// Resize breaks a fluid text again.
func (p *Para) Resize(size fyne.Size) {
	again := p.fluid && size.Width != p.width
	p.width = size.Width
	p.BaseWidget.Resize(size)
	if again {
		p.Refresh()
	}
}

// room is how wide a line may be.
func (p *Para) room() float32 {
	most := p.chars * p.role.Size()
	if p.fluid && p.width > 0 {
		// glyphs drawn in one line are a little wider than the sum of their widths
		return min(most, max(p.width*0.995, 8*p.role.Size()))
	}
	return most
}

// SetText replaces the words.
func (p *Para) SetText(text string) {
	p.text = text
	p.Refresh()
}

// SetTone changes the colour.
func (p *Para) SetTone(tone Tone) {
	p.Tone = tone
	p.Refresh()
}

// Text returns the words.
func (p *Para) Text() string { return p.text }

// CreateRenderer implements fyne.Widget.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	r := &paraRenderer{para: p}
	r.Refresh()
	return r
}

type paraRenderer struct {
	para  *Para
	lines []fyne.CanvasObject
}

func (r *paraRenderer) lineHeight() float32 { return r.para.role.Size() * 1.6 }

// MinSize is the widest line by all lines.
func (r *paraRenderer) MinSize() fyne.Size {
	var w float32
	for _, l := range r.lines {
		w = max(w, l.MinSize().Width)
	}
	if r.para.fluid {
		w = min(w, 8*r.para.role.Size())
	}
	return fyne.NewSize(w, float32(len(r.lines))*r.lineHeight())
}

// Layout sets line below line.
func (r *paraRenderer) Layout(size fyne.Size) {
	for i, l := range r.lines {
		h := l.MinSize().Height
		l.Resize(fyne.NewSize(size.Width, h))
		l.Move(fyne.NewPos(0, float32(i)*r.lineHeight()+(r.lineHeight()-h)/2))
	}
}

// Refresh breaks the text again.
func (r *paraRenderer) Refresh() {
	p := r.para
	r.lines = r.lines[:0]
	if p.text != "" {
		ruler := RulerFor(p.role.Size(), false)
		for _, line := range ruler.wrap(p.text, p.room()) {
			r.lines = append(r.lines, NewText(line, p.role, p.Tone))
		}
	}
	r.Layout(p.Size())
	canvas.Refresh(p)
}

// Objects are the lines.
func (r *paraRenderer) Objects() []fyne.CanvasObject { return r.lines }

// Destroy does nothing.
func (r *paraRenderer) Destroy() {}

const (
	notFirst = "，。、；：？！）》」』】”’…—～·%,.;:?!)]}"
	notLast  = "（《「『【“‘([{"
)

// wrap breaks s into lines no wider than width, unless a single word is.
func (r *Ruler) wrap(s string, width float32) []string {
	var out []string
	for _, para := range strings.Split(s, "\n") {
		out = append(out, r.wrapLine(para, width)...)
	}
	return out
}

func (r *Ruler) wrapLine(s string, width float32) []string {
	var out []string
	var line string
	var w float32
	for _, word := range words(s) {
		ww := r.Width(word)
		if w+r.Width(strings.TrimRight(word, " ")) > width && line != "" {
			out = append(out, strings.TrimRight(line, " "))
			line, w = "", 0
		}
		for ww > width {
			head := r.fit(word, width)
			out = append(out, word[:head])
			word = word[head:]
			ww = r.Width(word)
		}
		line, w = line+word, w+ww
	}
	return append(out, strings.TrimRight(line, " "))
}

// fit returns how many bytes of s fit in width, at least one rune's.
func (r *Ruler) fit(s string, width float32) int {
	var w float32
	for i, c := range s {
		w += r.rune(c)
		if w > width && i > 0 {
			return i
		}
	}
	return len(s)
}

// words cuts s where a line may break: between Chinese characters, after spaces, never before closing or after
// opening punctuation.
func words(s string) []string {
	var out []string
	start := 0
	var before rune
	for i, c := range s {
		if i > start && mayBreak(before, c) {
			out = append(out, s[start:i])
			start = i
		}
		before = c
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

func mayBreak(before, c rune) bool {
	switch {
	case strings.ContainsRune(notFirst, c) || strings.ContainsRune(notLast, before) || c == ' ':
		return false
	case before == ' ':
		return true
	}
	return wide(before) || wide(c)
}

// wide reports whether c is a character that needs no space next to it to break a line.
func wide(c rune) bool {
	return unicode.Is(unicode.Han, c) || c >= 0x3000 && c <= 0x30FF || c >= 0xFF00 && c <= 0xFFEF ||
		strings.ContainsRune("”’…—～·“‘", c)
}
