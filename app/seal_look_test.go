package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
)

// sealLook is one look of the window in which the pages of the password are gone through.
type sealLook struct {
	*seated
	t    *testing.T
	name string
}

// see measures what is shown, expects a way out, and keeps a picture of it.
func (s sealLook) see(what, out string) {
	s.t.Helper()
	kittest.Settle(s.root())
	if top := kittest.Top(s.app.win); top != nil {
		kittest.Settle(top)
	}
	if faults := kittest.Faults(s.app.win); len(faults) > 0 {
		s.t.Errorf("%s, %s: %q", what, s.name, faults)
	}
	at := kittest.Top(s.app.win)
	if at == nil {
		at = s.root()
	}
	if !kittest.Shows(at, s.app.T(out, nil)) {
		s.t.Errorf("%s, %s: no way out: %q", what, s.name, kittest.Texts(at))
	}
	kittest.Shot(s.t, s.app.win, "seal-"+what+"-"+s.name)
}

// TestThePagesOfThePasswordFitAndLeadOut goes through setting, the recovery code, opening, a lost password and lost
// data, in both languages, colours and sizes of windows, and in large type.
func TestThePagesOfThePasswordFitAndLeadOut(t *testing.T) {
	const word = "秋雨秋雨秋雨秋雨"
	for _, lang := range []string{"zh-Hans", "en"} {
		for _, mode := range []look.Mode{look.Light, look.Dark} {
			for _, size := range []fyne.Size{fyne.NewSize(1280, 720), fyne.NewSize(1920, 1080)} {
				if testing.Short() && (mode == look.Dark) == (size.Width < 1900) {
					continue
				}
				s := sealLook{sit(t, Inline{}), t, fmt.Sprintf("%s-%s-%.0f", lang, mode, size.Width)}
				o := s.create(t, "2020年法治文化作品征集")
				dir := o.Dir()
				s.app.SetLang(lang)
				s.app.SetMode(mode)
				if lang == "en" == (mode == look.Dark) { // half of the looks in the largest type
					s.app.SetTextSize(look.Huge)
				}
				s.app.win.Resize(size)
				s.app.Navigate(kit.Route{Kind: page.Settings})
				kittest.Tap(t, s.root(), s.app.T("settings.set_password", nil))
				s.see("set", "kit.cancel")
				s.types(t, "seal.set_do", word, word)
				s.see("code", "seal.code_done")
				code := codeShown(t, s.seated)
				kittest.All[*choice.Check](kittest.Top(s.app.win))[0].SetChecked(true)
				kittest.Tap(t, kittest.Top(s.app.win), s.app.T("seal.code_done", nil))
				s.see("settings", "seal.change")
				for what, key := range map[string]string{
					"change": "seal.change", "recode": "seal.recode", "clear": "seal.clear",
				} {
					kittest.Tap(t, s.root(), s.app.T(key, nil))
					s.see(what, "kit.cancel")
					s.closeDialogs()
				}
				if _, err := s.now().BackupContest(t.Context()); err != nil {
					t.Fatal(err)
				}
				reopened(t, s.seated, dir)
				s.see("open", "kit.cancel")
				kittest.All[*field.Entry](s.root())[0].SetText("秋风秋风")
				kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
				s.see("wrong", "kit.cancel")
				kittest.Tap(t, s.root(), s.app.T("seal.use_code", nil))
				kittest.All[*field.Entry](s.root())[0].SetText(code[:30] + "0000")
				s.forget()
				kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
				s.see("slip", "kit.cancel")

				s.app.Restart(kit.Route{Kind: page.Start})
				if err := os.Remove(filepath.Join(dir, "contest.db")); err != nil {
					t.Fatal(err)
				}
				s.forget()
				s.Open(dir)
				s.see("lost", "kit.cancel")
				kittest.All[*field.Entry](s.root())[0].SetText("秋风秋风")
				kittest.Tap(t, s.root(), s.app.T("rescue.shut_open", nil))
				s.see("lost-wrong", "kit.cancel")
				s.forget()
				kittest.All[*field.Entry](s.root())[0].SetText(word)
				kittest.Tap(t, s.root(), s.app.T("rescue.shut_open", nil))
				s.see("lost-found", "kit.cancel")
				files, err := os.ReadDir(filepath.Join(dir, "backups"))
				for _, f := range files {
					path := filepath.Join(dir, "backups", f.Name())
					err = errors.Join(err, os.Truncate(path, 5000))
				}
				if err != nil {
					t.Fatal(err)
				}
				s.app.Restart(kit.Route{Kind: page.Start})
				s.Open(dir)
				s.see("lost-none", "kit.cancel")
			}
		}
	}
}
