package shared

import (
	"context"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/sealing"
)

// askSweep looks which files in the place where all keep them nobody needs any more, shows it, and removes them when a
// person says so.
func (d Dialogs) askSweep() {
	d.sweep("depot.sweep_looking", false, func(found sealing.Swept) {
		words := d.swept("depot.sweep_found", "depot.sweep_halves", found)
		if found.Objects == 0 {
			words[0] = d.t("depot.sweep_nothing", nil)
		}
		if found.Objects+found.Halves == 0 {
			d.Seals.Shell.Ask(kit.Question{
				Title: d.t("depot.sweep_title", nil), Text: strings.Join(words, "\n"), Action: d.t("kit.close", nil),
			})
			return
		}
		d.Seals.Shell.Ask(kit.Question{
			Title: d.t("depot.sweep_title", nil), Danger: true, Action: d.t("depot.sweep_do", nil),
			Text: strings.Join(append(words, d.t("depot.sweep_undone", nil)), "\n"),
			Do: func() error {
				d.sweep("depot.sweeping_now", true, func(gone sealing.Swept) {
					said := d.swept("depot.sweep_done", "depot.sweep_halves_done", gone)
					said = said[:len(said)-1] // what stays was said before
					d.Seals.Shell.Navigate(kit.Route{Kind: page.Settings})
					d.Seals.Shell.Tell(kit.Notice{Tone: look.Done, Text: strings.Join(said, "\n")})
				})
				return nil
			},
		})
	})
}

// swept says what goes or went, by the text key, the beginnings of files by halves, and at last what stays.
func (d Dialogs) swept(key, halves string, is sealing.Swept) []string {
	mb := func(n int64) int64 { return (n + 1<<20 - 1) >> 20 }
	words := []string{d.t(key, judging.Args{"N": is.Objects, "MB": mb(is.Bytes), "Days": sealing.UsualDays})}
	if is.Halves > 0 {
		words = append(words, d.t(halves, judging.Args{"N": is.Halves, "MB": mb(is.HalfSize)}))
	}
	return append(words, d.t("depot.sweep_stay", judging.Args{
		"Needed": is.Needed, "Others": is.Others, "Young": is.Young, "Days": sealing.UsualDays, "Said": is.Lists,
	}))
}

// sweep does it while the window goes on, and shows what came of it.
func (d Dialogs) sweep(name string, remove bool, show func(sealing.Swept)) {
	o := d.Seals.Office()
	var is sealing.Swept
	d.Seals.Shell.Run(d.t(name, nil), func(ctx context.Context, pr kit.Progress) (err error) {
		is, err = sealing.Sweeping{Days: sealing.UsualDays, Remove: remove, Step: pr}.Sweep(ctx, d.Seals.Door, o)
		return err
	}, func(err error) {
		if err != nil {
			d.Seals.Shell.ShowError(err)
			return
		}
		show(is)
	})
}
