package awards

import (
	"cmp"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/awards"
)

// noticeForm asks for the days of a public notice and says while they are typed when it begins and ends.
type noticeForm struct {
	sh    kit.Shell
	whole fyne.CanvasObject
	days  *field.Number
	end   *look.Para
	past  *choice.Check // a first day in the past is meant

	from, holidays, workdays *field.Day
	contact                  *field.Text
}

func newNoticeForm(sh kit.Shell) *noticeForm {
	f := &noticeForm{sh: sh}
	f.from, f.holidays = f.dayField("from", "day_help", false), f.dayField("holidays", "holidays_help", true)
	f.workdays = f.dayField("workdays", "workdays_help", true)
	f.contact = field.NewText(
		sh, sh.T("noticepage.contact", nil), sh.T("noticepage.contact_help", nil), field.TextRule{Limit: 100},
	)
	f.days = field.NewNumber(
		sh, sh.T("noticepage.days", nil), sh.T("noticepage.days_help", nil), sh.T("noticepage.day_unit", nil),
		field.Range{Low: 1, High: 60}, true,
	)
	f.days.SetValue(5)
	f.end = look.NewPara("", look.Body, look.Info, 30).Fluid()
	f.past = choice.NewCheck(sh.T("noticepage.past", nil), nil)
	f.days.OnChange = func(float64, bool) { f.tell() }
	f.tell()
	// What comes out, and what is asked about it, stands right below day and number: further down a usual window does
	// not show it while they are typed.
	period := field.New(sh.T("noticepage.period", nil), "", lay.Stack(lay.Gap8, f.end, f.past))
	f.whole = field.NewForm(f.from, f.days, period, f.holidays, f.workdays, f.contact)
	return f
}

// dayField is a line for days, typed or picked.
func (f *noticeForm) dayField(name, help string, many bool) *field.Day {
	field := field.NewDay(f.sh, f.sh.T("noticepage."+name, nil), f.sh.T("noticepage."+help, nil), field.DayRule{
		Many: many, Now: time.Now,
		Parse: func(text string, now time.Time) (time.Time, bool) {
			day, err := day.Parse(text, now)
			if err != nil {
				return time.Time{}, false
			}
			at, err := time.Parse(time.DateOnly, day)
			return at, err == nil
		},
		Check: func(text string) string {
			if _, err := day.ParseAll(text, time.Now()); err != nil {
				return f.sh.Err(err)
			}
			return ""
		},
	})
	field.OnChange = func(string) { f.tell() }
	return field
}

// fill shows a notice to be corrected.
func (f *noticeForm) fill(n judging.Notice) {
	f.from.SetText(kit.Date(f.sh, n.From))
	f.days.SetValue(float64(n.Days))
	f.holidays.SetText(f.listed(n.Holidays))
	f.workdays.SetText(f.listed(n.Workdays))
	f.contact.SetText(n.Contact)
	f.tell()
}

func (f *noticeForm) listed(days []string) string {
	out := ""
	for i, day := range days {
		if i > 0 {
			out += "，"
		}
		out += kit.Date(f.sh, day)
	}
	return out
}

// request is what was written.
func (f *noticeForm) request() awards.NoticeRequest {
	days, _ := f.days.Value()
	return awards.NoticeRequest{
		From: f.from.Text(), Days: int(days), Contact: f.contact.Text(), Past: f.past.Checked,
		Holidays: []string{f.holidays.Text()}, Workdays: []string{f.workdays.Text()},
	}
}

// tell says when the notice would begin and end, or which day is not a date, and asks about one in the past.
func (f *noticeForm) tell() {
	if f.end == nil {
		return // while the form is built
	}
	n, err := f.request().Read(time.Now())
	if f.past.Hide(); cmp.Or(f.from.Wrong(), f.days.Wrong(), f.holidays.Wrong(), f.workdays.Wrong()) != "" {
		f.end.SetTone(look.Quiet)
		f.end.SetText("—") // the field itself says what is wrong
		return
	}
	if err != nil {
		f.end.SetTone(look.Problem)
		f.end.SetText(f.sh.Err(err))
		return
	}
	tone, key := look.Info, "noticepage.would_end"
	if n.From < time.Now().Format(day.Form) {
		tone, key = look.Problem, "noticepage.would_end_past"
		f.past.Show()
	}
	f.end.SetTone(tone)
	f.end.SetText(f.sh.T(key, judging.Args{"From": kit.Date(f.sh, n.From), "Until": kit.Date(f.sh, n.Until)}))
}
