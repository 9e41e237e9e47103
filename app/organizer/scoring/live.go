package scoring

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/live"
)

type liveOffice interface {
	Rules(ctx context.Context) (judging.Rules, error)
	Live() live.Stage
}

// hasStage reports whether works are performed: by the rules, or since lots were drawn.
func hasStage(ctx context.Context, o liveOffice) (bool, error) {
	rules, err := o.Rules(ctx)
	if err != nil || rules.Live != nil {
		return err == nil, err
	}
	b, err := o.Live().Board(ctx)
	return b.Total > 0, err
}
