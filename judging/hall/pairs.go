package hall

import (
	"context"

	"fayi/judging"
	"fayi/judging/room"
)

// pairs is where a judge compares works in a hall, with what holds for the judge's place.
type pairs struct {
	room.Pairs

	desk desk
}

// AnswerOnce implements room.Pairs.
func (p pairs) AnswerOnce(
	ctx context.Context, mark, comparison string, left, right, better judging.WorkCode,
) error {
	return p.desk.write(func() error { return p.Pairs.AnswerOnce(ctx, mark, comparison, left, right, better) })
}

// Back implements room.Pairs.
func (p pairs) Back(ctx context.Context, answer, reason string) error {
	return p.desk.write(func() error { return p.Pairs.Back(ctx, answer, reason) })
}

// OpenFile implements room.Pairs.
func (p pairs) OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error) {
	f, err := p.Pairs.OpenFile(ctx, code, n, side)
	return p.desk.slow(f, err)
}
