// Package awards declares the commands that decide awards, announce them, and lead to further rounds.
package awards
