/* The weights as read-only data, without an array of text to compile. */
  .section .rodata
  .balign 64
  .global exitlens_weights
exitlens_weights:
  .incbin "exitlens_weights.bin"
  .section .note.GNU-stack, "", %progbits
