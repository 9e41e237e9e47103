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
		words := d.swept(found)
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
					d.Seals.Shell.Navigate(kit.Route{Kind: page.Settings})
					d.Seals.Shell.Tell(kit.Notice{Tone: look.Done, Text: d.went(gone)})
				})
				return nil
			},
		})
	})
}

// swept says what would go, and what stays.
func (d Dialogs) swept(is sealing.Swept) []string {
	words := []string{d.t("depot.sweep_found", judging.Args{
		"N": is.Objects, "MB": megabytes(is.Bytes), "Days": sealing.UsualDays,
	})}
	if is.Halves > 0 {
		words = append(words, d.t("depot.sweep_halves", judging.Args{"N": is.Halves, "MB": megabytes(is.HalfSize)}))
	}
	return append(words, d.t("depot.sweep_stay", judging.Args{
		"Needed": is.Needed, "Others": is.Others, "Young": is.Young, "Days": sealing.UsualDays, "Said": is.Lists,
	}))
}

// went says what went, in a line.
func (d Dialogs) went(is sealing.Swept) string {
	args := judging.Args{"N": is.Objects, "Halves": is.Halves, "MB": megabytes(is.Bytes + is.HalfSize)}
	if is.Halves > 0 {
		return d.t("depot.sweep_all_done", args)
	}
	return d.t("depot.sweep_done", args)
}

func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

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
