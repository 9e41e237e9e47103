package lanlog

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"fayi/judging/store/replica"
)

// mostOver is how many wishes are remembered that came true.
const mostOver = 10_000

// Try implements replica.Log. Wishes are kept in memory: they decide nothing that lasts.
func (k *Keep) Try(ctx context.Context, at uint64, entry []byte, wish string) (a replica.Answer, err error) {
	if err = k.turn(at, wish); err == nil {
		err = k.Append(ctx, at, entry)
	}
	switch {
	case err == nil:
		k.withdraw(wish, true)
		return a, nil
	case !errors.Is(err, replica.ErrTaken) && !errors.Is(err, replica.ErrTurn):
		return a, err
	}
	a.Waiting = k.lay(wish)
	var lost error
	if a.Next, lost = k.Read(ctx, at); lost == nil && len(a.Next) > 0 {
		err = replica.ErrTaken
	}
	return a, err
}

// turn is ErrTurn where an older wish stands, and there is something to wait for.
func (k *Keep) turn(at uint64, wish string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.wishes) == 0 || k.wishes[0].Name == wish || at > k.last+1 {
		return nil
	}
	return replica.ErrTurn
}

// lay lays a wish, or marks that it was asked for again, unless it is "" or has come true, and returns those that
// stand.
func (k *Keep) lay(wish string) []replica.Wish {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked++
	is := replica.Wish{Name: wish, Mark: strconv.Itoa(k.asked)}
	at := slices.IndexFunc(k.wishes, func(w replica.Wish) bool { return w.Name == wish })
	switch {
	case at >= 0:
		k.wishes[at] = is
	case wish != "" && !k.over[wish]:
		k.wishes = append(k.wishes, is)
	}
	return slices.Clone(k.wishes[:min(len(k.wishes), replica.MostWishes)])
}

// Withdraw implements replica.Log.
func (k *Keep) Withdraw(_ context.Context, wish string) error {
	k.withdraw(wish, false)
	return nil
}

func (k *Keep) withdraw(wish string, over bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if over && wish != "" {
		if len(k.over) >= mostOver {
			clear(k.over)
		}
		k.over[wish] = true
	}
	k.wishes = slices.DeleteFunc(k.wishes, func(w replica.Wish) bool { return w.Name == wish })
}
