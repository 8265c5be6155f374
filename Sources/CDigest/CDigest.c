#include "CDigest.h"

#include <openssl/evp.h>

exl_sha256 *exl_sha256_make(void) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  if (context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
    EVP_MD_CTX_free(context);
    return NULL;
  }
  return (exl_sha256 *)context;
}

int exl_sha256_update(exl_sha256 *context, const void *bytes, size_t count) {
  return EVP_DigestUpdate((EVP_MD_CTX *)context, bytes, count);
}

int exl_sha256_finish(exl_sha256 *context, uint8_t *digest) {
  unsigned int length = 32;
  int status = EVP_DigestFinal_ex((EVP_MD_CTX *)context, digest, &length);
  EVP_MD_CTX_free((EVP_MD_CTX *)context);
  return status;
}
