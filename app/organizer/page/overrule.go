package page

import (
	"context"
	"errors"

	"fayi/app/kit"
)

// Overrule does the act of a question that may meet open points. Where they may be ticked, it asks for the tick in
// a question of its own and then does the act once more; the first question may close then. Any other error is
// returned, to be shown where the act was begun.
func Overrule(sh kit.Shell, act func(ctx context.Context) error) error {
	return overrule(context.Background(), sh, act)
}

func overrule(ctx context.Context, sh kit.Shell, act func(ctx context.Context) error) error {
	err := act(ctx)
	var doubt kit.Doubt
	if !errors.As(err, &doubt) {
		return err
	}
	over, may := doubt.Over(ctx)
	if !may {
		return err
	}
	sh.Ask(kit.Question{
		Title: sh.T("kit.doubt_title", nil), Text: sh.Err(err), Check: sh.T("kit.doubt_check", nil),
		Action: sh.T("kit.doubt_go_on", nil), Danger: true, Ways: kit.WaysOf(sh, err),
		Do: func() error { return overrule(over, sh, act) },
	})
	return nil
}
