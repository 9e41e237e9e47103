package office_test

import (
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/rules"
)

// stopped is a clock that moves only when advanced.
type stopped struct{ at time.Time }

func (s *stopped) now() time.Time { return s.at }

func withClock(t *testing.T) (*office.Office, *stopped) {
	t.Helper()
	rules, err := rules.ParseRules(strings.NewReader(string(rubrics.LegalCulture)))
	if err != nil {
		t.Fatal(err)
	}
	clock := &stopped{time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)}
	c := config(t)
	c.Now = clock.now
	o, err := office.Create(t.Context(), c, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	addJudges(t, o, 2)
	return o, clock
}

func TestAWrongPINDoublesTheWait(t *testing.T) {
	o, clock := withClock(t)
	check := func(pin string) error { return o.Secrets().CheckPIN(t.Context(), "j001", pin) }
	if err := check("anything"); err != nil {
		t.Fatal("a judge without a PIN was asked for one")
	}
	if _, err := o.Secrets().SetPIN(t.Context(), "j001", " ２０４８ "); err != nil {
		t.Fatal(err)
	}
	if err := check("2048"); err != nil {
		t.Fatal(err)
	}
	for _, wait := range []time.Duration{1, 2, 4, 8} {
		wantCode(t, check("1111"), judging.Forbidden, "pin.wrong")
		wantCode(t, check("2048"), judging.Forbidden, "pin.wait")
		clock.at = clock.at.Add(wait*time.Second - time.Millisecond)
		wantCode(t, check("2048"), judging.Forbidden, "pin.wait")
		clock.at = clock.at.Add(time.Millisecond)
	}
	if err := check("２０４８"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, check("1111"), judging.Forbidden, "pin.wrong")
	clock.at = clock.at.Add(-48 * time.Hour) // set back
	wantCode(t, check("2048"), judging.Forbidden, "pin.wait")
	clock.at = clock.at.Add(48*time.Hour + time.Second)
	if err := check("2048"); err != nil {
		t.Fatal("the wait after a right try did not begin anew:", err)
	}
}

func TestThePINIsTheOrganisersToReset(t *testing.T) {
	o, _ := withClock(t)
	drawn, err := o.Secrets().SetPIN(t.Context(), "j001", "")
	if err != nil || len(drawn) != 6 || strings.Trim(drawn, "0123456789") != "" {
		t.Fatalf("%q %v", drawn, err)
	}
	wantCode(t, o.Secrets().CheckPIN(t.Context(), "j001", "x"), judging.Forbidden, "pin.wrong")
	again, err := o.Secrets().SetPIN(t.Context(), "j001", "")
	if err != nil || again == drawn {
		t.Fatalf("%q after %q, %v", again, drawn, err)
	}
	if err := o.Secrets().CheckPIN(t.Context(), "j001", again); err != nil {
		t.Fatal("a new PIN still waits for the old one's tries:", err)
	}
	if err := o.Secrets().ClearPIN(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	entries, err := o.Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, e := range entries[3:] {
		verbs = append(verbs, e.Verb)
		if strings.Contains(string(e.After), drawn) || strings.Contains(string(e.After), again) {
			t.Errorf("the journal holds a PIN: %s", e.After)
		}
	}
	if got := strings.Join(verbs, " "); got != "judges.pin judges.pin_wrong judges.pin judges.pin" {
		t.Errorf("the journal tells %s", got)
	}
	_, err = o.Secrets().SetPIN(t.Context(), "j009", "")
	wantCode(t, err, judging.NotFound, "judges.missing")
	for _, bad := range []string{"123", "1234567890123", "12a4", "１２三４"} {
		_, err := o.Secrets().SetPIN(t.Context(), "j001", bad)
		wantCode(t, err, judging.Invalid, "pin.digits")
	}
}

func TestTheOrganisersPasswordIsOptional(t *testing.T) {
	o, clock := withClock(t)
	access := o.Secrets()
	if has, err := access.HasPassword(t.Context()); has || err != nil || access.CheckPassword(t.Context(), "") != nil {
		t.Fatal("a password where none was set")
	}
	wantCode(t, o.Secrets().SetPassword(t.Context(), " 法 "), judging.Invalid, "pin.password_length")
	if err := o.Secrets().SetPassword(t.Context(), "司法为民2020"); err != nil {
		t.Fatal(err)
	}
	if has, _ := o.Secrets().HasPassword(t.Context()); !has {
		t.Fatal("the password is not known")
	}
	wantCode(t, o.Secrets().CheckPassword(t.Context(), "司法为民"), judging.Forbidden, "pin.wrong")
	clock.at = clock.at.Add(time.Second)
	if err := o.Secrets().CheckPassword(t.Context(), "司法为民2020"); err != nil {
		t.Fatal(err)
	}
	if err := o.Secrets().ClearPassword(t.Context()); err != nil || o.Secrets().CheckPassword(t.Context(), "") != nil {
		t.Fatal("the password stayed")
	}
}

func TestAListIsHandedInWithTheJudgesPIN(t *testing.T) {
	o := published(t, 12)
	if _, err := o.Secrets().SetPIN(t.Context(), "j001", "2048"); err != nil {
		t.Fatal(err)
	}
	d := firstDuty(t, o, "j001")
	if !d.Secret || firstDuty(t, o, "j002").Secret {
		t.Fatal("the lists ask for the wrong PINs")
	}
	for _, w := range d.Works {
		if _, err := o.Scoring().Desk("j001").Save(t.Context(), judging.Ballot{
			Code:  w.Code,
			Marks: fill(d.Rubrics[w.Category], 0.7),
		}); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, o.Scoring().Desk("j001").Submit(t.Context(), "8402"), judging.Forbidden, "pin.wrong")
	// the clock of these tests goes on by itself
	if err := o.Scoring().Desk("j001").Submit(t.Context(), "2048"); err != nil {
		t.Fatal(err)
	}
}
