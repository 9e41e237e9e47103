package field

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Calendar is one month to pick a day from. Fyne's own writes months and weekdays in the language of the machine,
// which need not be that of the program.
type Calendar struct {
	lay.Box

	text   kit.Texter
	month  time.Time // its first day
	picked func(day time.Time)
	whole  *fyne.Container
}

// NewCalendar shows the month of a day; picked gets the day that is pressed.
func NewCalendar(t kit.Texter, at time.Time, picked func(day time.Time)) *Calendar {
	c := &Calendar{text: t, picked: picked, whole: lay.Stack(lay.Gap4)}
	c.ShowMonth(at)
	c.Content = c.whole
	c.ExtendBaseWidget(c)
	return c
}

// ShowMonth turns to the month of a day.
func (c *Calendar) ShowMonth(at time.Time) {
	c.month = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	c.whole.Objects = []fyne.CanvasObject{c.head(), c.days()}
	c.whole.Refresh()
}

// weekdays is how many columns a month has; weeks how many rows it may need.
const (
	weekdays = 7
	weeks    = 6
)

func (c *Calendar) turn(months int) { c.ShowMonth(c.month.AddDate(0, months, 0)) }

// head is the month between the buttons that turn.
func (c *Calendar) head() fyne.CanvasObject {
	name := look.NewStrong(
		c.text.T(
			"kit.month", map[string]any{"Year": c.month.Year(), "Month": int(c.month.Month())},
		), look.Body, look.Plain,
	)
	return container.NewHBox(
		button.NewIcon(theme.NavigateBackIcon(), func() { c.turn(-1) }), layout.NewSpacer(), name, layout.NewSpacer(),
		button.NewIcon(theme.NavigateNextIcon(), func() { c.turn(1) }),
	)
}

// days are the weekdays' names and the days below them, weeks beginning on Monday.
func (c *Calendar) days() fyne.CanvasObject {
	grid := container.NewGridWithColumns(weekdays)
	for _, name := range strings.Fields(c.text.T("kit.weekdays", nil)) {
		grid.Add(container.NewCenter(look.NewText(name, look.Note, look.Quiet)))
	}
	before := (int(c.month.Weekday()) + weekdays - 1) % weekdays
	for i := range weeks * weekdays {
		day := c.month.AddDate(0, 0, i-before)
		if day.Month() != c.month.Month() {
			grid.Add(layout.NewSpacer())
			continue
		}
		grid.Add(button.New(strconv.Itoa(day.Day()), func() { c.picked(day) }))
	}
	return grid
}

// Day is a form line for one day, or for several one after the other, typed as people write them or picked
// from a calendar.
type Day struct {
	Field

	OnChange func(text string)

	text     kit.Texter
	many     bool
	now      func() time.Time
	parse    func(text string, now time.Time) (time.Time, bool)
	entry    *Entry
	calendar *Calendar
}

// DayRule bounds what a day field takes.
type DayRule struct {
	Many bool             // several days
	Now  func() time.Time // the clock: where the calendar opens, and the year of a day without one
	// Parse reads one day; ok is false for what is no day.
	Parse func(text string, now time.Time) (day time.Time, ok bool)
	Check func(text string) string // what is wrong with a text that is not empty, or ""
}

// NewDay returns an empty field.
func NewDay(t kit.Texter, label, help string, rule DayRule) *Day {
	f := &Day{text: t, many: rule.Many, now: rule.Now, parse: rule.Parse, entry: NewEntry()}
	f.calendar = NewCalendar(t, rule.Now(), f.pick)
	f.calendar.Hide()
	open := button.NewIcon(theme.CalendarIcon(), f.ToggleCalendar)
	line := container.NewBorder(nil, nil, nil, open, f.entry)
	f.init(f, label, help, lay.Stack(lay.Gap4, line, f.calendar))
	f.Check = func() string {
		if strings.TrimSpace(f.entry.Text) == "" || rule.Check == nil {
			return ""
		}
		return rule.Check(f.entry.Text)
	}
	f.entry.OnChanged = func(text string) {
		f.Changed()
		if f.OnChange != nil {
			f.OnChange(text)
		}
	}
	return f
}

// ToggleCalendar opens the calendar at the day that is written, or at today, and closes it.
func (f *Day) ToggleCalendar() {
	if f.calendar.Visible() {
		f.calendar.Hide()
	} else {
		at := f.now()
		if day, ok := f.parse(f.entry.Text, at); ok {
			at = day
		}
		f.calendar.ShowMonth(at)
		f.calendar.Show()
	}
	f.Refresh()
}

// pick writes a day in the long form: in place of what is written, or after it in a field for several.
func (f *Day) pick(day time.Time) {
	text := f.text.T("kit.date", kit.DateArgs(day))
	if before := strings.TrimRight(f.entry.Text, " ,，、"); f.many && before != "" {
		text = before + "，" + text
	}
	f.entry.SetText(text)
	if !f.many {
		f.calendar.Hide()
		f.Refresh()
	}
}

// Text returns what is written.
func (f *Day) Text() string { return f.entry.Text }

// SetText writes without calling OnChange and without scolding.
func (f *Day) SetText(text string) {
	f.entry.SetQuietly(text)
	f.Tell("")
}

// Entry is the input itself, to type in in tests.
func (f *Day) Entry() *Entry { return f.entry }

// Calendar is the calendar, shown or not, to press in tests.
func (f *Day) Calendar() *Calendar { return f.calendar }

// Focus puts the cursor in the input.
func (f *Day) Focus() { keys.Focus(f.entry) }
