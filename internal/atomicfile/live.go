package atomicfile

import (
	"os"
	"sync"
)

// live holds the paths of what this program has begun and neither committed nor discarded.
var live sync.Map

// Abandon takes away all that this program has begun and not committed: for a program that ends while it writes,
// because somebody would not wait any longer. What is still written then gets no name, and its writer an error.
func Abandon() {
	live.Range(func(path, _ any) bool {
		_ = os.RemoveAll(path.(string)) // nobody is left to hear of it
		return true
	})
}
