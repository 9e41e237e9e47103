// Package awards holds the pages for deciding: the award board, disputes, further rounds, and the public notice
// with its objections.
package awards
