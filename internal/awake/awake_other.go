//go:build !linux && !windows && !darwin

package awake

import (
	"context"
	"errors"
)

func hold(_ context.Context, _ string) (func(), error) {
	return nil, errors.New("no way to keep this system awake is known")
}
