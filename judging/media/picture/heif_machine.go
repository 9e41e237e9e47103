//go:build nodynamic

package picture

import (
	"bytes"
	"image"

	"github.com/gen2brain/heic"
)

// readsHeif is true in builds with the tag nodynamic. Without it the decoder would look for libraries of the system
// and run what it finds in their place; with it, it is libheif in a WebAssembly machine, which a hostile file can't
// leave.
const readsHeif = true

func decodeHeif(data []byte) (image.Image, error) { return heic.Decode(bytes.NewReader(data)) }
