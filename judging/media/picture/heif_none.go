//go:build !nodynamic

package picture

import "image"

// readsHeif is false in builds without the tag nodynamic, see heif_machine.go.
const readsHeif = false

func decodeHeif([]byte) (image.Image, error) { return nil, image.ErrFormat }
