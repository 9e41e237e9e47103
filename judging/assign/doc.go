// Package assign decides which judge scores which work, and proves how good the plan is.
package assign
