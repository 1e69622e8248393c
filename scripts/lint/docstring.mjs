/** Every exported declaration has a docstring; of an overloaded function, its first signature. */
export const docstring = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'export {{name}} has no docstring: one sentence, a noun or the formula' },
  },
  create(context) {
    const documented = new Set()
    return {
      'ExportNamedDeclaration[declaration]'(node) {
        const name = node.declaration.id?.name ?? node.declaration.declarations?.[0]?.id.name ?? 'declaration'
        const comment = context.sourceCode.getCommentsBefore(node).at(-1)
        if (comment?.type === 'Block' && comment.value.startsWith('*')) documented.add(name)
        else if (!documented.has(name)) context.report({ node, messageId: 'missing', data: { name } })
      },
    }
  },
}
