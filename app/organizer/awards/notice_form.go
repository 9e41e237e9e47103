package awards

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office/awards"
)

// noticeForm asks for the days of a public notice and says while they are typed when it ends.
type noticeForm struct {
	sh    kit.Shell
	whole fyne.CanvasObject
	days  *kit.NumberField
	end   *kit.Para

	from, holidays, workdays, contact *kit.TextField
}

func newNoticeForm(sh kit.Shell) *noticeForm {
	text := func(name, help string, limit int) *kit.TextField {
		return kit.NewTextField(
			sh, sh.T("noticepage."+name, nil), sh.T("noticepage."+help, nil), kit.TextRule{Limit: limit},
		)
	}
	f := &noticeForm{
		sh: sh, from: text("from", "day_help", 10), holidays: text("holidays", "holidays_help", 200),
		workdays: text("workdays", "workdays_help", 200), contact: text("contact", "contact_help", 100),
	}
	f.days = kit.NewNumberField(
		sh, sh.T("noticepage.days", nil), sh.T("noticepage.days_help", nil), sh.T("noticepage.day_unit", nil),
		kit.Range{Low: 1, High: 60}, true,
	)
	f.days.SetValue(5)
	f.end = kit.NewPara("", kit.Body, kit.Info, 30).Fluid()
	for _, field := range []*kit.TextField{f.from, f.holidays, f.workdays} {
		field.OnChange = func(string) { f.tell() }
	}
	f.days.OnChange = func(float64, bool) { f.tell() }
	f.tell()
	f.whole = kit.Stack(kit.Gap8, kit.NewForm(f.from, f.days, f.holidays, f.workdays, f.contact), f.end)
	return f
}

// request is what was written.
func (f *noticeForm) request() awards.NoticeRequest {
	days, _ := f.days.Value()
	return awards.NoticeRequest{
		From: judging.Tidy(f.from.Text()), Days: int(days), Holidays: dayList(f.holidays.Text()),
		Workdays: dayList(f.workdays.Text()), Contact: f.contact.Text(),
	}
}

// tell says when the notice would end, or which day is not a date.
func (f *noticeForm) tell() {
	r := f.request()
	if r.From == "" {
		r.From = time.Now().Format(judging.DayForm)
	}
	last, err := judging.LastDay(r.From, r.Days, r.Holidays, r.Workdays)
	if err != nil {
		f.end.SetTone(kit.Problem)
		f.end.SetText(f.sh.Err(err))
		return
	}
	f.end.SetTone(kit.Info)
	f.end.SetText(f.sh.T("noticepage.would_end", judging.Args{"Until": kit.Date(f.sh, last)}))
}

// dayList splits days written one after the other.
func dayList(text string) []string {
	return strings.FieldsFunc(judging.Tidy(text), func(r rune) bool { return strings.ContainsRune(",，、;； ", r) })
}
