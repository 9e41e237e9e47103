package kit

import (
	"fmt"
	"strings"
)

// Bytes writes a number of bytes as people do: 3 KB, 1.5 MB, 12 MB, 2 GB. A part of a kilobyte is one.
func Bytes(n int64) string {
	unit, size := "MB", float64(n)/(1<<20)
	switch {
	case n >= 1<<30:
		unit, size = "GB", float64(n)/(1<<30)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", size), ".0") + " " + unit
}
