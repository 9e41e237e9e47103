package page

import (
	"context"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/judging"
)

// PinOffice sets and takes back the PIN of a judge.
type PinOffice interface {
	SetPIN(ctx context.Context, judge judging.JudgeID, pin string) (string, error)
	ClearPIN(ctx context.Context, judge judging.JudgeID) error
}

// AskPIN gives a judge a PIN; it is shown once.
func AskPIN(sh kit.Shell, o PinOffice, judge judging.JudgeID, name string) {
	pin := field.NewText(
		sh, sh.T("progress.pin_field", nil), sh.T("progress.pin_help", nil), field.TextRule{Limit: 12},
	)
	sh.Ask(kit.Question{
		Title: sh.T("progress.pin_title", judging.Args{"Name": name}), Text: sh.T("progress.pin_text", nil),
		Content: pin,
		Action:  sh.T("progress.pin_set", nil),
		Do: func() error {
			got, err := o.SetPIN(context.Background(), judge, pin.Text())
			if err == nil {
				sh.Tell(kit.Notice{
					Tone: look.Info, Text: sh.T("progress.pin_told", judging.Args{"Name": name, "PIN": got}),
					Action: sh.T("progress.pin_clear", nil),
					Do:     func() { sh.ShowError(o.ClearPIN(context.Background(), judge)) },
				})
			}
			return err
		},
	})
}
