#ifndef EXITLENS_CDIGEST_H
#define EXITLENS_CDIGEST_H
#include <stddef.h>
#include <stdint.h>

// OpenSSL's EVP interface behind three plain functions, because its context type is opaque and its
// one-shot macros do not import into Swift. Each returns 1 on success, 0 on failure.
typedef struct exl_sha256 exl_sha256;

exl_sha256 *exl_sha256_make(void);
int exl_sha256_update(exl_sha256 *context, const void *bytes, size_t count);
// Writes 32 bytes and frees the context.
int exl_sha256_finish(exl_sha256 *context, uint8_t *digest);
#endif
